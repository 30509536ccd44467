/** Events, endpoints of every channel, bad receivers and a nemesis; afterwards everything is held together. */

import { randomBytes } from "node:crypto";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { openChainKeys } from "#lib/audit/chain-keys.ts";
import { secretsPlace } from "#lib/deliveries/open-endpoint.ts";
import { pauseEndpoint } from "#lib/deliveries/pause-endpoint.ts";
import { resumeEndpoint } from "#lib/deliveries/resume-endpoint.ts";
import { DELIVERY_CHECKS } from "#lib/doctor/checks-on-deliveries.ts";
import { runDoctor } from "#lib/doctor/run-doctor.ts";
import { type Core, systemCore } from "#lib/platform/core.ts";
import { openDb } from "#lib/platform/db.ts";
import { parseEnv, secretsOf } from "#lib/platform/env.ts";
import { createLog } from "#lib/platform/log.ts";
import { openKeySource } from "#lib/platform/open-key-source.ts";
import { openSealer } from "#lib/platform/open-sealer.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { drawWeighted, stream } from "../../simulate/chance.ts";
import type { Child } from "../child.ts";
import { type ChaosDatabase, openChaosDatabase } from "../database.ts";
import { type Fleet, startFleet } from "../fleet.ts";
import { pauseFor, until } from "../moments.ts";
import { beatsWithin } from "../verdict.ts";
import { announceEvents, makeOrders } from "./announcer.ts";
import { checkDeliveries } from "./check-deliveries.ts";
import { readFacts } from "./read-facts.ts";
import { openReceivers, type Receiver, type Receivers } from "./receivers.ts";

export type DeliveriesPlan = { seed: number; events: number; workers: number };

export type DeliveriesReport = {
  events: number;
  endpoints: number;
  deliveries: Record<string, number>;
  tries: number;
  requests: number;
  deeds: Record<string, number>;
  seconds: number;
  violations: string[];
};

const START_MS = 60_000;
/** Leases of the dead, the longest wait of the plan, and what the breakers keep back. */
const REST_MS = 240_000;
/** Short, so that a run sees all of it. */
const RETRY_PLAN_MS = [300, 600, 1_200, 2_500, 5_000, 5_000];
const EVENTS_A_SECOND = 40;
/** Few events take longer, so that something goes wrong meanwhile. */
const LEAST_MS = 15_000;
const PERSON = { kind: "job", name: "chaos" } as const;
const REQUEST = { address: null, correlationId: null };

/** Whoever calls stops what was started. */
export async function runDeliveriesChaos(
  plan: DeliveriesPlan,
  surroundings: { databaseUrl: string; folder: string; tell: (line: string) => void },
): Promise<DeliveriesReport> {
  const { databaseUrl, folder, tell } = surroundings;
  const logs = join(folder, "logs");
  mkdirSync(logs, { recursive: true });
  const beginning = Date.now();
  const variables = environment(databaseUrl);
  const env = parseEnv(variables);
  const file = createWriteStream(join(logs, "announcer.log"), { flags: "a", mode: 0o600 });
  const log = createLog(env.LOG_LEVEL, secretsOf(env), (line) => file.write(line));
  const core = systemCore(openDb(databaseUrl), log);
  const receivers = await openReceivers(stream(plan.seed, "receivers"));
  const source = openKeySource(env);
  const sealer = await openSealer(core, source);
  await openChainKeys(core.db, source);
  await addEndpoints(core, sealer, receivers.all);
  const database = openChaosDatabase(databaseUrl, folder);
  const fleet = startFleet(plan.workers, variables, logs);
  if (!(await beatsWithin(core, plan.workers, START_MS))) {
    throw new Error(`The workers don't work:\n${fleet.workers().at(0)?.lastWords() ?? ""}`);
  }
  tell(`${plan.workers} workers and ${receivers.all.length} receivers run; logs are in ${logs}`);

  const orders = await makeOrders(core);
  const withinMs = Math.max(LEAST_MS, (plan.events / EVENTS_A_SECOND) * 1_000);
  const over = new AbortController();
  const nemesis = breakThings(plan.seed, { database, fleet, receivers }, over.signal);
  const person = pauseOne(core, withinMs);
  const leaving = pauseFor(withinMs / 2).then(receivers.leave);
  await announceEvents(core, database, orders, { ...plan, withinMs });
  over.abort();
  const [deeds, pauses] = await Promise.all([nemesis, person, leaving]);
  receivers.calm();
  tell(`${plan.events} events are announced; waiting until all is at rest`);

  await until(() => isAtRest(database), REST_MS, 500);
  const facts = await readFacts(database, receivers.all, new Map([["paused", pauses]]));
  const examined = await runDoctor(core, { checks: DELIVERY_CHECKS });
  const violations = [
    ...checkDeliveries(facts),
    ...examined.flatMap(({ id, violations: found }) =>
      found.map(({ subject, detail }) => `${id}: ${subject} ${detail}`),
    ),
    ...fleet.deaths(),
  ];
  const report = {
    events: facts.events.length,
    endpoints: receivers.all.length,
    deliveries: countBy(facts.deliveries.map(({ state }) => state)),
    tries: facts.deliveries.reduce((sum, { tries }) => sum + tries, 0),
    requests: [...facts.received.values()].reduce((sum, some) => sum + some.length, 0),
    deeds: Object.fromEntries(deeds),
    seconds: Math.round((Date.now() - beginning) / 1_000),
    violations,
  };
  await fleet.stop();
  await receivers.close();
  await core.db.$disconnect();
  await database.close();
  file.end();
  return report;
}

async function addEndpoints(core: Core, sealer: Sealer, all: readonly Receiver[]): Promise<void> {
  for (const { name, channel, config, secrets, isOrdered = false } of all) {
    const id = core.newId();
    const now = core.now();
    await core.db.endpoint.create({
      data: {
        id,
        name,
        channel,
        config: JSON.parse(JSON.stringify(config)),
        secrets: sealer.seal(JSON.stringify(secrets), secretsPlace(id)),
        // What its own failures are told by would be told of without end.
        events: ["balance.low", "order.stalled"],
        productIds: [],
        retryPlanMs: RETRY_PLAN_MS,
        isOrdered,
        createdAt: now,
        createdBy: "chaos",
        updatedAt: now,
      },
    });
  }
}

/** A person pauses one endpoint for a third of the time, and lets it go on. */
async function pauseOne(core: Core, withinMs: number): Promise<{ from: Date; until: Date }[]> {
  await pauseFor(withinMs / 4);
  const { id } = await core.db.endpoint
    .findFirstOrThrow({ where: { name: "paused" } })
    .catch(() => again(() => core.db.endpoint.findFirstOrThrow({ where: { name: "paused" } })));
  const input = { endpointId: id, reason: "chaos" };
  await again(() => pauseEndpoint(core, PERSON, input, REQUEST));
  const from = new Date();
  await pauseFor(withinMs / 3);
  const end = new Date();
  await again(() => resumeEndpoint(core, PERSON, id, REQUEST));
  return [{ from, until: end }];
}

/** Whose answer was lost has done it all the same. */
async function again<Value>(act: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if ((error as { code?: string }).code === "conflict") return undefined as Value;
      await pauseFor(300);
    }
  }
}

type World = { database: ChaosDatabase; fleet: Fleet; receivers: Receivers };

/** Something every few seconds, until `signal` aborts; answers what was done how often. */
async function breakThings(
  seed: number,
  { database, fleet, receivers }: World,
  signal: AbortSignal,
): Promise<Map<string, number>> {
  const chance = stream(seed, "nemesis");
  const counts = new Map<string, number>();
  const withOne = async (act: (worker: Child) => Promise<void>) => {
    const workers = fleet.workers();
    const worker = workers[Math.floor(chance() * workers.length)];
    if (worker) await act(worker);
  };
  const deeds: Record<string, { weight: number; act(): Promise<unknown> }> = {
    "worker killed": { weight: 4, act: () => withOne(fleet.kill) },
    "worker paused": {
      weight: 2,
      act: () =>
        withOne(async (worker) => {
          worker.signal("SIGSTOP");
          await pauseFor(chance() < 0.5 ? 3_000 : 24_000, signal);
          worker.signal("SIGCONT");
        }),
    },
    "worker replaced": {
      weight: 1,
      act: () => withOne(fleet.replace),
    },
    "postgres stopped": {
      weight: 3,
      async act() {
        database.shutDown(chance() < 0.6 ? "immediate" : "fast");
        await database.isBack();
      },
    },
    "connections cut": {
      weight: 3,
      async act() {
        const pids = await database.backends();
        await database.rows("select pg_terminate_backend(pid) from unnest($1::int[]) pid", [pids]);
      },
    },
    "redis cut": { weight: 2, act: () => receivers.cutRedis() },
  };
  const weights = Object.fromEntries(
    Object.entries(deeds).map(([name, { weight }]) => [name, weight]),
  );
  while (!signal.aborted) {
    await pauseFor(500 + chance() * 3_000, signal);
    if (signal.aborted) break;
    const name = drawWeighted(weights, "deed", chance()) ?? "redis cut";
    counts.set(name, (counts.get(name) ?? 0) + 1);
    await deeds[name]?.act();
  }
  return counts;
}

async function isAtRest(database: ChaosDatabase): Promise<boolean> {
  const [row] = await database.rows<{ rests: boolean }>(
    "select not exists (select from deliveries where state = 'pending') as rests",
  );
  return row?.rests ?? false;
}

function countBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

function environment(databaseUrl: string): NodeJS.ProcessEnv {
  const { PATH, HOME, TZ } = process.env;
  return {
    PATH,
    HOME,
    TZ,
    NODE_ENV: "production",
    DATABASE_URL: databaseUrl,
    NEXTAUTH_URL: "http://localhost:3000",
    NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
    CRON_SECRET: randomBytes(24).toString("base64url"),
    KEYHOLD_SEALING_KEYS: `k1:${randomBytes(32).toString("base64")}`,
    KEYHOLD_ALLOW_PRIVATE_ENDPOINTS: "1",
    LOG_LEVEL: "info",
  };
}
