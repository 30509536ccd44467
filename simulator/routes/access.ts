import { ok, type Reply } from "../http/reply.ts";
import type { Call, Route } from "../http/router.ts";
import { balanceCurrencies } from "../money.ts";
import type { World } from "../world.ts";

function me(): Reply {
  return ok({
    id: "5b0d0f52-6f0e-4c53-9a55-3f1f6b1f2a10",
    username: "simulated-reseller",
    email: "reseller@example.com",
    tier: "standard",
    isActive: true,
  });
}

function balances(_call: Call, world: World): Reply {
  return ok(balanceCurrencies.map((currency) => ({ currency, ...world.balanceOf(currency) })));
}

export const accessRoutes: readonly Route[] = [
  { method: "GET", path: "/api/access/me", endpoint: "me", handle: me },
  { method: "GET", path: "/api/access/me/balances/", endpoint: "balances", handle: balances },
];
