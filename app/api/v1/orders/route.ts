import { after } from "next/server";
import { apiMethods } from "#app/_server/api-methods.ts";
import { apiRoute } from "#app/_server/api-route.ts";
import { listOrders } from "#lib/api/operations.ts";
import type { OrderStatus } from "#lib/orders/lifecycle.ts";
import { withPaymentPages } from "#lib/orders/open-payment-page.ts";
import { listPlaced } from "#lib/orders/read-placed.ts";
import { placeOverApi } from "./place-over-api.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = apiMethods({
  GET: apiRoute(listOrders, async (ctx, { actor, query, ownOrdersOnly }) => {
    const { status, createdFrom, createdBefore, ...rest } = query;
    const { orders, next } = await listPlaced(ctx, actor, {
      ...rest,
      placedBy: ownOrdersOnly ? actor.id : undefined,
      status: status as OrderStatus[] | undefined,
      createdFrom: createdFrom === undefined ? undefined : new Date(createdFrom),
      createdBefore: createdBefore === undefined ? undefined : new Date(createdBefore),
    });
    return { status: 200, body: { data: await withPaymentPages(ctx, actor, orders), next } };
  }),
  POST: placeOverApi(after),
});
