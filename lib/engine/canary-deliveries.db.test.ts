/**
 * Marked codes, claim links and every secret that endpoints have go out to receivers that say back all they are
 * told. Receivers may have them; the database, logs, notifications and whatever is read of deliveries may not.
 */
import { randomBytes } from "node:crypto";
import { afterAll, expect, it, vi } from "vitest";
import { auditTrailOf } from "#lib/audit/read.ts";
import { addEndpoint, type NewEndpoint } from "#lib/deliveries/add-endpoint.ts";
import { openChannels } from "#lib/deliveries/channels/open-channels.ts";
import type { DeliveriesContext } from "#lib/deliveries/context.ts";
import { letPass } from "#lib/deliveries/deliveries.fixture.ts";
import { editEndpoint } from "#lib/deliveries/edit-endpoint.ts";
import { findChats } from "#lib/deliveries/find-chats.ts";
import { listDeliveries } from "#lib/deliveries/read-deliveries.ts";
import { readDelivery } from "#lib/deliveries/read-delivery.ts";
import { readEndpoint } from "#lib/deliveries/read-endpoint.ts";
import { readEndpointHealth } from "#lib/deliveries/read-endpoint-health.ts";
import { readEndpoints } from "#lib/deliveries/read-endpoints.ts";
import { listJobs } from "#lib/deliveries/read-jobs.ts";
import { resendDelivery } from "#lib/deliveries/resend-delivery.ts";
import { rotateSecret } from "#lib/deliveries/rotate-secret.ts";
import { runDeliveries } from "#lib/deliveries/run-deliveries.ts";
import { tryDraft, tryEndpoint } from "#lib/deliveries/try-endpoint.ts";
import { runDoctor } from "#lib/doctor/run-doctor.ts";
import { materialFor } from "#lib/orders/announced-codes.ts";
import { codes, supplierItem, supplierOrder } from "#lib/orders/observations.fixture.ts";
import { listOrders } from "#lib/orders/read-orders.ts";
import { recordObservations } from "#lib/orders/record-observations.ts";
import { readOverview } from "#lib/overview/read-overview.ts";
import { createLog } from "#lib/platform/log.ts";
import { listen } from "#lib/platform/notify.ts";
import { createOutboundGuard } from "#lib/platform/outbound-guard.ts";
import { selfSigned } from "#lib/platform/testing/self-signed.ts";
import { readOrderPage } from "#lib/reconcile/read-order-page.ts";
import { dumpOf } from "#prisma/dump.fixture.ts";
import { createOrder, scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { canary, leaks } from "./canary.fixture.ts";
import { ECHOES, openEcho, openEchoingMail, openEchoingRedis } from "./echoing-servers.fixture.ts";
import { readMetrics } from "./read-metrics.ts";
import { renderMetrics } from "./render-metrics.ts";

const { db, url, drop } = await createTestDatabase();
const lines: string[] = [];
const log = createLog("trace", [], (line) => lines.push(line));
// Libraries may have something to say, too.
for (const name of ["log", "info", "warn", "error", "debug"] as const) {
  vi.spyOn(console, name).mockImplementation(
    (...words) => void lines.push(words.map(String).join(" ")),
  );
}
const tls = selfSigned(["localhost", "127.0.0.1"]);
const [echo, mail, lockedRedis, fullRedis] = await Promise.all([
  openEcho(),
  openEchoingMail(tls),
  openEchoingRedis("AUTH"),
  openEchoingRedis("XADD"),
]);
const guard = createOutboundGuard({ allowPrivate: true, privateHosts: [] });
const channels = openChannels({ guard });
const base = { ...(await testContext(db, scriptedSupplier(), { now: () => new Date() })), log };
const consoleUrl = "https://ops.example.com";
const ctx = { ...base, guard, channels, consoleUrl };
const deliveries: DeliveriesContext = { ...ctx, material: (wanted) => materialFor(ctx, wanted) };
afterAll(async () => {
  vi.restoreAllMocks();
  await channels.close();
  for (const server of [echo, mail, lockedRedis, fullRedis]) server.close();
  await drop();
});

const REQUEST = { address: "192.0.2.7", correlationId: "canary-0123456789" };
const admin = testActor("admin");
const viewer = testActor("viewer");

const signing = `whsec_${randomBytes(32).toString("base64")}`;
const [header, mailPassword, streamPassword, queuePassword, secretKey] = [
  ...["HEADER", "MAIL", "STREAM", "QUEUE", "SQS"].map(canary),
] as [string, string, string, string, string];
const accessKey = `AKIA${randomBytes(8).toString("hex").toUpperCase()}`;
const token = `${randomBytes(4).readUInt32BE()}:${canary("BOT").replace(/[^A-Za-z0-9]/g, "_")}`;

/** Of each channel one, those of webhooks with both styles and for receivers that accept and that don't. */
const ENDPOINTS: (Omit<NewEndpoint, "events" | "name"> & { payload: "codes" | "claim_link" })[] = [
  ...(["codes", "claim_link"] as const).flatMap((payload) =>
    [200, 500].map((status) => ({
      channel: "webhook" as const,
      payload,
      config: { url: echo.url(`/${status}/${payload}`), headers: [{ name: "x-key" }] },
      secrets: { signing, headers: { "x-key": header } },
    })),
  ),
  {
    channel: "telegram",
    payload: "codes",
    config: { chatId: "7", apiRoot: echo.url("/telegram") },
    secrets: { token },
  },
  {
    channel: "email",
    payload: "claim_link",
    config: {
      ...{
        host: "localhost",
        port: mail.port,
        security: "tls",
        trustedCertificates: tls.cert.trim(),
      },
      ...{ user: "shop", from: "shop@example.com", to: ["night@example.com"] },
    },
    secrets: { password: mailPassword },
  },
  {
    channel: "redis_stream",
    payload: "codes",
    config: { host: "127.0.0.1", port: fullRedis.port, user: "shop", key: "orders" },
    secrets: { password: streamPassword },
  },
  {
    channel: "bullmq",
    payload: "claim_link",
    config: { host: "127.0.0.1", port: lockedRedis.port, queue: "orders" },
    secrets: { password: queuePassword },
  },
  {
    channel: "sqs",
    payload: "codes",
    config: {
      ...{ queueUrl: echo.url("/sqs/1/orders"), endpoint: echo.url("/sqs"), region: "eu-west-1" },
    },
    secrets: { accessKeyId: accessKey, secretAccessKey: secretKey },
  },
];

/** Sends what is due until nothing is; then what waits is due, and nobody is given up. */
async function sendAll(with_: DeliveriesContext = deliveries): Promise<void> {
  const ending = new AbortController();
  const running = runDeliveries(with_, { signal: ending.signal });
  await vi.waitFor(
    async () => expect(await running.isDone(new Date(Date.now() + 800))).toBe(true),
    { timeout: 30_000, interval: 50 },
  );
  ending.abort();
  await running.ended;
  await letPass(db, 8 * 3_600);
  await db.endpoint.updateMany({ data: { failures: 0, trips: 0, openUntil: null } });
}

/** Of two codes, one with all that makes trouble in texts; with the mark that each must not be found by. */
async function completeOrder(): Promise<{ id: string; marks: string[] }> {
  const marks = [canary("PLAIN"), canary("ODD")];
  const [plain = "", odd = ""] = marks;
  const { order } = await createOrder(
    db,
    base.account.id,
    { customerRef: "canary-customer" },
    { quantity: 2 },
  );
  await recordObservations(ctx, [
    {
      ...{ orderId: order.id, source: "look", attemptId: null, leaseToken: null },
      answer: {
        kind: "order",
        order: supplierOrder("completed", {
          supplierOrderId: order.supplierOrderId ?? "",
          items: [supplierItem({ quantity: 2, codes: codes(plain, `${odd}"\\/<&>' \u0915`) })],
        }),
      },
    },
  ]);
  return { id: order.id, marks };
}

/** Links as receivers got them: whole, and what opens them. */
function linksTold(): string[] {
  const texts = echo.heard.map(({ body }) => body).join("\n");
  const found = [
    ...texts.matchAll(/https:\/\/ops\.example\.com\/claim\/[0-9a-f-]{36}#([\w-]{43})/g),
  ];
  return [...new Set(found.flatMap(([link, secret = ""]) => [link, secret]))];
}

it("what goes out to receivers that say it back stays nowhere", { timeout: 120_000 }, async () => {
  const topics: string[] = [];
  const ear = listen(url, log, (topic) => topics.push(topic));
  await vi.waitFor(() => expect(topics).toEqual(["engine"]), { timeout: 15_000 });
  const answers: unknown[] = [];
  const ids: string[] = [];
  for (const [index, wish] of ENDPOINTS.entries()) {
    const events = ["order.completed"] as const;
    const name = `Receiver ${index}`;
    // Some refuse whatever comes.
    const given: NewEndpoint = { ...wish, name, events: [...events], untested: true };
    const without = await addEndpoint(ctx, admin, given, REQUEST);
    if (wish.payload === "codes") expect(without.kind).toBe("invalid");
    const codesReason = "Agreed with the partner";
    const added =
      without.kind === "added"
        ? without
        : await addEndpoint(ctx, admin, { ...given, codesReason }, REQUEST);
    if (added.kind !== "added") expect.fail(JSON.stringify(added));
    ids.push(added.id);
    answers.push(
      without.kind === "invalid" ? without : [],
      await tryEndpoint(ctx, admin, added.id, REQUEST),
    );
    answers.push(
      await tryDraft(ctx, admin, { ...given, codesReason, id: added.id, secrets: {} }, REQUEST),
    );
  }
  const [first = ""] = ids;
  const { secret: rotated } = await rotateSecret(ctx, admin, { id: first }, REQUEST);
  const before = await readEndpoint(ctx, admin, first);
  const edit = {
    ...{ id: first, version: before?.version ?? "", name: "Moved", events: ["*" as const] },
    config: { url: echo.url("/201/codes"), headers: [{ name: "x-key", isSecret: false }] },
  };
  answers.push(await editEndpoint(ctx, admin, edit, REQUEST));
  expect(answers.at(-1)).toMatchObject({ kind: "invalid" });
  answers.push(await findChats(ctx, admin, { token, apiRoot: echo.url("/telegram") }));

  const orders = [await completeOrder(), await completeOrder(), await completeOrder()];
  await sendAll();
  while (echo.heard.filter(({ path }) => path === "/200/codes").length <= ECHOES.length) {
    // On a busy machine some of the last round are still on their way.
    const done = await db.delivery.findMany({
      where: { state: "success", resendOf: null, resends: { none: { state: "pending" } } },
    });
    for (const { id } of done) await resendDelivery(ctx, admin, id, REQUEST);
    await sendAll();
  }
  // Where our own key is missing, or what is kept is no endpoint any more, it is told in our own words.
  const sealer = {
    ...base.sealer,
    open: (sealed: string, to: string) => base.sealer.open(`${sealed.slice(0, -2)}AA`, to),
  };
  const deaf = { ...ctx, sealer };
  await completeOrder().then(({ marks }) => orders.push({ id: orders[0]?.id ?? "", marks }));
  await sendAll({ ...deliveries, material: (wanted) => materialFor(deaf, wanted) });
  await sendAll({ ...deliveries, sealer });
  await db.endpoint.updateMany({ where: { id: ids[1] ?? "" }, data: { config: {} } });
  await sendAll();

  const reads: unknown[] = [...answers];
  for (const actor of [viewer, admin]) {
    for (const id of ids) {
      reads.push(
        await readEndpoint(ctx, actor, id),
        await readEndpointHealth(ctx, actor, id, "24h"),
      );
    }
    reads.push(await readEndpoints(ctx, actor), await listDeliveries(ctx, actor, {}));
    reads.push(await listDeliveries(ctx, actor, { attention: "1" }), await listJobs(ctx, actor));
    for (const { id } of await db.delivery.findMany())
      reads.push(await readDelivery(ctx, actor, id));
    for (const { id } of orders) reads.push(await readOrderPage(ctx, actor, id));
    reads.push(
      await listOrders(ctx, actor, {}),
      await readOverview(ctx, actor, { timeZone: "UTC" }),
    );
  }
  reads.push(await auditTrailOf(ctx, "endpoint", ids), await runDoctor(ctx));
  const metrics = await renderMetrics(await readMetrics(ctx));
  await ear.close();

  const links = linksTold();
  expect(links).toHaveLength(2 * 4);
  const marks = orders.flatMap((order) => order.marks);
  const whsec = [signing, rotated].flatMap((secret) => [secret, secret.slice("whsec_".length)]);
  const passwords = [mailPassword, streamPassword, queuePassword, secretKey, accessKey, token];
  const secrets = [...marks, ...links, ...whsec, header, ...passwords];
  const sinks = {
    dump: await dumpOf(db),
    log: lines.join("\n"),
    reads: JSON.stringify(reads),
    topics: topics.join("\n"),
    metrics,
  };
  for (const [sink, text] of Object.entries(sinks)) {
    expect(leaks(secrets, text), `in the ${sink}`).toEqual([]);
  }
  // The search has something to search, and finds what is there: receivers may have it.
  for (const endpointId of ids) {
    const where = { endpointId, answer: { contains: "[redacted]" } };
    expect(await db.deliveryAttempt.count({ where }), endpointId).toBeGreaterThan(0);
  }
  expect(sinks.reads).toContain("[redacted]");
  expect(sinks.log).toContain("nothing to send");
  expect(topics).toContain("deliveries");
  expect(metrics).toContain('channel="sqs"');
  const got = JSON.stringify([echo.heard, mail.heard, lockedRedis.heard, fullRedis.heard]);
  const meant = [
    ...marks,
    ...links,
    header,
    mailPassword,
    streamPassword,
    queuePassword,
    accessKey,
    token,
  ];
  expect(leaks(meant, got)).toEqual(meant);
});
