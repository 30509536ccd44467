/** Endpoints, events and a channel of their own for tests of deliveries. */
import { v7 } from "uuid";
import { announce, type NewEvent } from "#lib/events/announce.ts";
import type { Db } from "#lib/platform/db.ts";
import { createLog } from "#lib/platform/log.ts";
import { testSealer } from "#prisma/factories.ts";
import type { Channel, Message, OpenEndpoint, SendOutcome, SoFar } from "./channel.ts";
import { claimDeliveries, type DeliveryClaim } from "./claims.ts";
import type { DeliveriesContext } from "./context.ts";
import type { Result } from "./results.ts";
import type { ErrorKind } from "./types.ts";

export type Sent = { endpoint: string; message: Message; at: number };

export const ACCEPTED: SendOutcome = { kind: "accepted", status: 200, answer: "ok" };
export const failedWith = (
  errorKind: ErrorKind,
  more: { status?: number; waitMs?: number } = {},
): SendOutcome => ({
  kind: more.status ? "refused" : "failed",
  errorKind,
  status: null,
  answer: `said ${errorKind}`,
  ...more,
});

/** Sends to nobody; `answer` says what comes of it, by the endpoint's name. */
export function scriptedChannel(
  answer: (
    endpoint: string,
    message: Message,
    signal: AbortSignal,
    soFar?: SoFar,
  ) => SendOutcome | Promise<SendOutcome> = () => ACCEPTED,
) {
  const sent: Sent[] = [];
  const channel: Channel = {
    kind: "webhook",
    parse: (config, secrets) => ({ config, secrets }),
    describe: () => "nowhere",
    async send(endpoint: OpenEndpoint, message, signal, soFar) {
      sent.push({ endpoint: endpoint.name, message, at: Date.now() });
      return answer(endpoint.name, message, signal, soFar);
    },
    show: (endpoint, message) => ({ to: endpoint.name, headers: {}, body: message.body }),
    close: () => Promise.resolve(),
  };
  return { sent, channels: { of: () => channel, close: () => Promise.resolve() } };
}

export function deliveriesContext(
  db: Db,
  given: Partial<DeliveriesContext> = {},
): DeliveriesContext {
  return {
    db,
    log: createLog("error", []),
    now: () => new Date(),
    newId: () => v7(),
    random: () => 0.5,
    sealer: testSealer(),
    channels: scriptedChannel().channels,
    consoleUrl: "https://ops.example.com",
    material: () => Promise.reject(new Error("no codes were expected to be told")),
    ...given,
  };
}

type EndpointFacts = Partial<Parameters<Db["endpoint"]["create"]>[0]["data"]>;

/** One that asks for everything. */
export async function createEndpoint(db: Db, name: string, facts: EndpointFacts = {}) {
  const now = new Date();
  return db.endpoint.create({
    data: {
      id: v7(),
      name,
      channel: "webhook",
      config: { url: `https://${name}.example/` },
      events: ["*"],
      productIds: [],
      retryPlanMs: [],
      createdAt: now,
      createdBy: "test",
      updatedAt: now,
      ...facts,
    } as Parameters<Db["endpoint"]["create"]>[0]["data"],
  });
}

export const eventOf = (facts: Partial<NewEvent> = {}): NewEvent => ({
  type: "balance.low",
  version: 1,
  subject: v7(),
  orderId: null,
  isMock: false,
  productIds: [],
  data: { available: "3.50" },
  ...facts,
});

/** Announces so many. */
export async function announceMany(
  ctx: Pick<DeliveriesContext, "db" | "newId">,
  count: number,
  facts: Partial<NewEvent> = {},
): Promise<void> {
  const events = Array.from({ length: count }, () => eventOf(facts));
  await ctx.db.$transaction((tx) => announce(tx, ctx, events, new Date()));
}

export const claimAll = (ctx: Pick<DeliveriesContext, "db">, room = 64): Promise<DeliveryClaim[]> =>
  claimDeliveries(ctx, new Map(), room);

export const resultOf = (claim: DeliveryClaim, sent: SendOutcome = ACCEPTED): Result => ({
  tried: claim,
  outcome: {
    kind: sent.kind,
    errorKind: sent.kind === "accepted" ? null : sent.errorKind,
    status: sent.status,
    answer: sent.answer,
    waitMs: sent.kind === "accepted" ? null : (sent.waitMs ?? null),
  },
  tookMs: 12.4,
  request: { to: "nowhere", headers: {}, body: "{}" },
});

/** As though so much time had passed for all that waits and is held. */
export async function letPass(db: Db, seconds: number): Promise<void> {
  await db.$executeRaw`
    update deliveries set next_attempt_at = next_attempt_at - make_interval(secs => ${seconds}::int),
      lease_until = lease_until - make_interval(secs => ${seconds}::int)
    where state = 'pending'`;
  await db.$executeRaw`
    update delivery_attempts set started_at = started_at - make_interval(secs => ${seconds}::int)
    where finished_at is null`;
  await db.$executeRaw`
    update endpoints set open_until = open_until - make_interval(secs => ${seconds}::int),
      rate_used_until = rate_used_until - make_interval(secs => ${seconds}::int)`;
}

/** Every endpoint so far is as though it had never been, so that a test has its own. */
export async function forgetEndpoints(db: Db): Promise<void> {
  await db.$executeRaw`update endpoints set deleted_at = now() where deleted_at is null`;
  await db.$executeRaw`
    update deliveries set state = 'not_apply', reason = 'endpoint_deleted', next_attempt_at = null, finished_at = now(),
      lease_token = null, lease_until = null
    where state = 'pending'`;
  await db.$executeRaw`update system_signals set cleared_at = now() where cleared_at is null`;
}
