import { apiMethods } from "#app/_server/api-methods.ts";
import { apiRoute } from "#app/_server/api-route.ts";
import { getCodes } from "#lib/api/operations.ts";
import { readCodesFor } from "#lib/api/read-codes-for.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = apiMethods({
  GET: apiRoute(getCodes, async (ctx, { actor, params, query, request }) => {
    const page = await readCodesFor(ctx, actor, params.id ?? "", query, request);
    return page ? { status: 200, body: page } : { problem: { code: "not_found" } };
  }),
});
