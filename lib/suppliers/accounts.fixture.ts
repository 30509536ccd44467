import { randomBytes } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { systemCore } from "#lib/platform/core.ts";
import type { Db } from "#lib/platform/db.ts";
import { parseEnv } from "#lib/platform/env.ts";
import { createLog } from "#lib/platform/log.ts";
import { createOutboundGuard } from "#lib/platform/outbound-guard.ts";
import { testClock, testSealer } from "#prisma/factories.ts";
import { connectSuppliers } from "./connect-suppliers.ts";
import type { SuppliersContext } from "./context.ts";

/** A supplier that knows keys and balances, and nothing else. */
export async function startKeyServer() {
  const keys = new Set<string>();
  /** Keys of the calls, in order. */
  const calls: string[] = [];
  const held: (() => void)[] = [];
  let isHolding = false;
  const answer = (response: ServerResponse, key: string): void => {
    const isKnown = keys.has(key);
    response.writeHead(isKnown ? 200 : 401, { "content-type": "application/json" });
    const balances = [{ currency: "USD", available: "10.50", reserved: "0", pending: "0" }];
    response.end(JSON.stringify(isKnown ? balances : { code: "UNAUTHORIZED", detail: "No." }));
  };
  const server = createServer((request, response) => {
    const key = String(request.headers["x-api-key"]);
    calls.push(key);
    if (isHolding) held.push(() => answer(response, key));
    else answer(response, key);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    keys,
    calls,
    hold() {
      isHolding = true;
    },
    letGo() {
      isHolding = false;
      for (const go of held.splice(0)) go();
    },
    held: () => held.length,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const SETTINGS = {
  NEXTAUTH_URL: "http://127.0.0.1:3000",
  NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
  CRON_SECRET: randomBytes(32).toString("base64"),
  KEYHOLD_SEALING_KEYS: `k1:${randomBytes(32).toString("base64")}`,
};

/** What the verbs of this room take, on a test database; several are several processes. */
export async function suppliersContext(
  db: Db,
  url: string,
  {
    variables = {},
    sealer = testSealer(),
    clock = testClock(),
    allowPrivate = true,
  }: {
    variables?: Record<string, string>;
    sealer?: SuppliersContext["sealer"];
    clock?: ReturnType<typeof testClock>;
    allowPrivate?: boolean;
  } = {},
): Promise<SuppliersContext> {
  const opening = {
    ...systemCore(
      db,
      createLog("error", [], () => undefined),
    ),
    now: clock.now,
    sealer,
    guard: createOutboundGuard({ allowPrivate, privateHosts: [] }),
    env: parseEnv({ ...SETTINGS, DATABASE_URL: url, ...variables }),
  };
  return { ...opening, suppliers: await connectSuppliers(opening) };
}
