import { apiMethods } from "#app/_server/api-methods.ts";
import { apiRoute } from "#app/_server/api-route.ts";
import { getBalance } from "#lib/api/operations.ts";
import { readAccountBalances } from "#lib/balance/read.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = apiMethods({
  GET: apiRoute(getBalance, async (ctx, { actor }) => {
    const balances = await readAccountBalances(ctx, actor);
    const data = balances.map(({ supplierName: _, stale, ...balance }) => ({
      ...balance,
      isStale: stale,
    }));
    return { status: 200, body: { data } };
  }),
});
