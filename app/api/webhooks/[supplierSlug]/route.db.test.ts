import { request } from "node:http";
import { afterAll, describe, expect, it } from "vitest";
import { bytesOf, pushingContext, sign } from "#lib/inbound/inbound.fixture.ts";
import { MOST_BYTES } from "#lib/inbound/inbox-policy.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { POST } from "./route.ts";
import { serveRoute } from "./serve-route.fixture.ts";

const { db, drop } = await createTestDatabase();
const ctx = await pushingContext(db);
Object.assign(globalThis, { keyholdRuntime: Promise.resolve(ctx) });
const server = await serveRoute(POST);
afterAll(async () => {
  await server.close();
  await drop();
});

const raw = bytesOf({ event: "order.status", id: "evt_1", order_id: "s" });

/** Over a socket, in pieces, since that is how bodies come. */
function send(
  body: Buffer,
  headers: Record<string, string>,
  { slug = "foxreload", pieces = 1 } = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const url = `${server.url}/${slug}`;
    const sending = request(url, { method: "POST", headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
      );
    });
    sending.on("error", reject);
    const size = Math.ceil(body.length / pieces) || 1;
    for (let at = 0; at < body.length; at += size) sending.write(body.subarray(at, at + size));
    sending.end();
  });
}
const signed = (body: Buffer) => Object.fromEntries(sign(body));

describe("POST /api/webhooks/{supplierSlug}", () => {
  it("answers 200 once it is stored, and once it is known", async () => {
    expect((await send(raw, signed(raw), { pieces: 7 })).status).toBe(200);
    expect(await db.inboxMessage.count()).toBe(1);
    expect((await send(raw, signed(raw))).status).toBe(200);
    expect(await db.inboxMessage.count()).toBe(1);
  });

  it("answers 400 in one wording, whatever is wrong with the signature", async () => {
    const all = [
      await send(raw, {}),
      await send(raw, { "x-signature": "0".repeat(64) }),
      await send(bytesOf("{}"), signed(raw)),
    ];
    expect(new Set(all.map(({ status, text }) => `${status} ${text}`))).toEqual(
      new Set(['400 {"status":"bad signature"}']),
    );
  });

  it("answers 404 for nobody, and 413 for too much, told or not", async () => {
    expect((await send(raw, signed(raw), { slug: "nobody" })).status).toBe(404);
    const much = Buffer.alloc(MOST_BYTES + 1, " ");
    expect((await send(much, signed(much), { pieces: 3 })).status).toBe(413);
    const told = { ...signed(raw), "content-length": String(MOST_BYTES + 1) };
    const answer = await POST(new Request("http://x", { method: "POST", headers: told }), {
      params: Promise.resolve({ supplierSlug: "foxreload" }),
    });
    expect(answer.status).toBe(413);
  });

  it("answers 500, and not 200, where it can't be stored", async () => {
    const broken = { ...ctx, sealer: { ...ctx.sealer, ready: () => Promise.reject(new Error()) } };
    Object.assign(globalThis, { keyholdRuntime: Promise.resolve(broken) });
    const other = bytesOf({ event: "order.status", id: "evt_2" });
    expect((await send(other, signed(other))).status).toBe(500);
    Object.assign(globalThis, { keyholdRuntime: Promise.resolve(ctx) });
    expect((await send(other, signed(other))).status).toBe(200);
  });
});
