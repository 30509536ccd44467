import { z } from "zod";
import { draw } from "../chance.ts";
import { pageSize, parseQuery } from "../http/parse.ts";
import { ok, type Reply } from "../http/reply.ts";
import type { Call } from "../http/router.ts";
import { orderTruth } from "../lifecycle.ts";
import { type Order, orderStatuses } from "../state.ts";
import type { World } from "../world.ts";
import { tell } from "./order-telling.ts";

const listQuery = z.object({
  status: z.enum(orderStatuses).optional(),
  limit: pageSize,
  offset: z.coerce.number().int().min(0).default(0),
});

/** The account's orders, newest first, mock ones too; or otherwise, as `call.manner` has it. */
export function listOrders(call: Call, world: World): Reply {
  const query = parseQuery(call.query, listQuery);
  if ("refusal" in query) return query.refusal;
  const { limit } = query.value;
  const { bare, ignoreFilter, samePage, oddEnvelope } = call.manner ?? {};
  const status = ignoreFilter ? undefined : query.value.status;
  const offset = samePage ? 0 : query.value.offset;
  const now = world.now();
  const listed = listedOrders(call, world).filter(
    (order) => status === undefined || orderTruth(order, now).status === status,
  );
  const items = listed.slice(offset, offset + limit).map((order) => tell(order, call, world));
  if (bare) return ok(items);
  if (oddEnvelope) return ok({ page: { entries: items }, size: limit });
  return ok({ items, limit, offset: query.value.offset, total: listed.length });
}

function listedOrders({ manner }: Call, world: World): Order[] {
  const newestFirst = world.orders.newestFirst();
  if (manner === null) return newestFirst;
  const { hideFor, listDrop = 0, listDuplicate = 0, order: sorting } = manner;
  const { seed } = world.settings;
  const request = world.nextRequest();
  const rows = sorting === "oldest_first" ? newestFirst.reverse() : newestFirst;
  return rows
    .filter((order) => hideFor === undefined || world.now() - order.createdAt >= hideFor.ms)
    .filter((order) => draw(seed, "drop", request, order.id) >= listDrop)
    .flatMap((order) =>
      // Always the same ones: others each time would move the rest to and fro, as `listDrop` does.
      draw(seed, "duplicate", order.id) < listDuplicate ? [order, order] : [order],
    );
}
