import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, it, onTestFinished } from "vitest";
import {
  lapseLease,
  makeDue,
  openSignals,
  place,
  plainCodes,
  whole,
} from "#lib/orders/orders.fixture.ts";
import { workOnOrder } from "#lib/orders/work-on-order.ts";
import { createAccounts } from "#lib/suppliers/account.ts";
import { bareAccount } from "#lib/suppliers/bare-account.ts";
import { signedWebhookConfig } from "#lib/suppliers/signed-webhook/config.ts";
import { signedWebhookKind } from "#lib/suppliers/signed-webhook/kind.ts";
import { scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { type PushingOptions, startPushing } from "#simulator/pushing/server.ts";
import { request } from "#simulator/testing/open-simulator.ts";
import { receiveMessage } from "./receive-message.ts";
import { workOnInbox } from "./work-on-inbox.ts";

const SECRET = "a secret that both of us know";

const { db, drop } = await createTestDatabase();
afterAll(drop);

/** An account at a supplier of its own, whose messages arrive by HTTP. */
async function open({ isRead = true, ...options }: PushingOptions & { isRead?: boolean } = {}) {
  const answers: string[] = [];
  const listener = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const headers = { get: (name: string) => incoming.headers[name]?.toString() ?? null };
    const { kind } = await receiveMessage(ctx, account.slug, Buffer.concat(chunks), headers);
    answers.push(kind);
    response.writeHead(kind === "refused" ? 400 : 200).end();
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`;
  const simulator = await startPushing({
    hook: { url, secret: SECRET, scheme: "hmac" },
    completeAfterMs: 1,
    retryAfterMs: [],
    ...options,
  });
  const connected = signedWebhookKind.connect({
    config: signedWebhookConfig.parse({
      baseUrl: simulator.url,
      currency: "USD",
      paths: {
        order: isRead ? "/orders/{id}" : null,
        find: "/orders?reference={reference}",
        catalog: "/products",
      },
      tells: "all",
    }),
    secrets: { apiKey: [simulator.apiKey], webhookSecret: [SECRET] },
    now: () => new Date(),
  });
  const bare = await testContext(db, scriptedSupplier(), { now: () => new Date() });
  const { id, slug, name } = bare.account;
  const account = bareAccount({ id, slug, name, kind: "signed_webhook", ...connected });
  const ctx = { ...bare, account, suppliers: createAccounts([account], { knownForMs: 0 }) };
  onTestFinished(async () => {
    await ctx.suppliers.close();
    await simulator.close();
    listener.closeAllConnections();
    await new Promise((resolve) => listener.close(resolve));
    await db.inboxMessage.deleteMany();
  });
  const control = (path: string, body: unknown = {}) =>
    request(simulator.controlUrl + path, "POST", body, {});
  return {
    ctx,
    answers,
    control,
    truth: async () => (await request(`${simulator.controlUrl}/truth`, "GET", undefined, {})).json,
    place: (quantity = 1) => place(ctx, { externalId: "card-25", price: "23.50" }, { quantity }),
    /** Works on everything that was received so far, once so much was. */
    async hear(count: number) {
      await expect.poll(() => answers.length).toBe(count);
      await workOnInbox(ctx);
    },
    rule: (rule: unknown) => control("/rules", rule),
  };
}

/** As the supplier holds them. */
const codesIn = (order: { items: { codes: { code: string }[] }[] }): string[][] =>
  order.items.map((item) => item.codes.map(({ code }) => code));

it("an order is placed, told, and has its codes, without one look", async () => {
  const { ctx, place, hear, truth } = await open();
  const orderId = await place(2);
  await workOnOrder(ctx, orderId);
  await hear(2);
  const order = await whole(db, orderId);
  expect(order).toMatchObject({ status: "completed", nextPollAt: null });
  const { orders } = await truth();
  expect(orders).toHaveLength(1);
  expect(await plainCodes(ctx, order)).toEqual(codesIn(orders[0]));
});

it("news before the create's answer, which is then lost, makes it ours, and it is bought once", async () => {
  const { ctx, place, hear, truth, rule } = await open({ isRead: false });
  await rule({ match: { endpoint: "create" }, fate: { tellFirst: true } });
  await rule({ match: { endpoint: "create", times: 1 }, answer: { loseReply: "after" } });
  const orderId = await place();
  await workOnOrder(ctx, orderId);
  await hear(2);
  await lapseLease(db, orderId);
  await workOnOrder(ctx, orderId);
  const { orders } = await truth();
  expect(orders).toHaveLength(1);
  const order = await whole(db, orderId);
  expect(order).toMatchObject({ status: "completed", supplierOrderId: orders[0].order_id });
  expect(await plainCodes(ctx, order)).toEqual(codesIn(orders[0]));
});

it("a refund afterwards withholds what wasn't handed out", async () => {
  const { ctx, place, hear, truth, control } = await open();
  const orderId = await place();
  await workOnOrder(ctx, orderId);
  await hear(2);
  const { orders } = await truth();
  await control(`/orders/${orders[0].order_id}/refund`);
  await hear(3);
  const order = await whole(db, orderId);
  expect(order).toMatchObject({ status: "refunded" });
  expect(openSignals(order)).toContain("order_refunded");
});

it("doubled, swapped, forged and foreign messages change nothing", async () => {
  const { ctx, place, hear, rule, answers, control } = await open();
  await rule({ match: { event: "order.created", times: 1 }, message: { behindNext: true } });
  await rule({ match: { event: "order.fulfilled", times: 1 }, message: { repeat: 2 } });
  const orderId = await place();
  await workOnOrder(ctx, orderId);
  await hear(4);
  expect(answers.toSorted()).toEqual(["repeated", "repeated", "stored", "stored"]);
  const order = await whole(db, orderId);
  expect(order.status).toBe("completed");
  expect(order.items[0]?.codes).toHaveLength(1);

  await rule({ match: { event: "webhook.test", times: 1 }, message: { wrongSignature: true } });
  await control("/test-event");
  expect(answers.at(-1)).toBe("refused");
  await rule({ match: { times: 1 }, message: { unknownReference: true } });
  await control(`/orders/${order.supplierOrderId}/refund`);
  await workOnInbox(ctx);
  expect((await whole(db, orderId)).status).toBe("completed");
  expect(await db.inboxMessage.count({ where: { state: "unmatched" } })).toBe(1);
});

it("without the order's message, a look finds it", async () => {
  const { ctx, place, hear, rule } = await open();
  await rule({ match: { event: "order.fulfilled" }, message: { lose: true } });
  const orderId = await place();
  await workOnOrder(ctx, orderId);
  await hear(1);
  expect((await whole(db, orderId)).status).toBe("processing");
  await makeDue(db, orderId);
  await workOnOrder(ctx, orderId);
  expect(await whole(db, orderId)).toMatchObject({ status: "completed" });
});
