import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { createOutboundGuard } from "#lib/platform/outbound-guard.ts";
import type { Message } from "../channel.ts";
import { messageWithCodes } from "../testing/example-message.ts";
import { openTelegramServer, type TelegramApiServer } from "../testing/telegram-server.ts";
import { telegramChannel } from "./telegram.ts";

const TOKEN = "123456:canary_token_of_the_bot";
const channel = telegramChannel(createOutboundGuard({ allowPrivate: true, privateHosts: [] }));
let api: TelegramApiServer;
let proxy: Server;
/** Messages that get through before the next is refused. */
let gets = 0;

beforeAll(async () => {
  api = await openTelegramServer();
  proxy = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (gets === 0) {
      const parameters = { retry_after: 7 };
      const refusal = { ok: false, error_code: 429, description: "Too Many Requests", parameters };
      response.writeHead(429).end(JSON.stringify(refusal));
      return;
    }
    gets -= 1;
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${api.url}${request.url}`, {
      ...{ method: "POST", headers, body: Buffer.concat(chunks) },
    });
    response.writeHead(answer.status).end(await answer.text());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", () => resolve()));
});
afterEach(() => channel.close());
afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await api.stop();
});

const codes = (count: number) =>
  Array.from({ length: count }, (_, index) => `CANARY-${index}-${"x".repeat(20)}`);
const long = messageWithCodes(codes(500));

/** One try in which so many messages get through, after one that got so far; what arrived, and how far it got. */
async function attempt(
  through: number,
  sent: string | null,
  message: Message = long,
  config: Record<string, unknown> = {},
) {
  gets = through;
  const before = api.messages().length;
  const notes: string[] = [];
  const apiRoot = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const settings = channel.parse({ chatId: "42", apiRoot, ...config }, { token: TOKEN });
  const outcome = await channel.send(
    { id: "telegram", name: "Owner", version: apiRoot, ...settings },
    message,
    AbortSignal.timeout(5_000),
    { sent, note: async (progress) => void notes.push(progress) },
  );
  const got = api.messages().slice(before);
  return { outcome, got, notes, last: notes.at(-1) ?? null };
}

it("goes on with the part that is missing, however often it is stopped", async () => {
  const whole = await attempt(100, null);
  expect(whole.outcome.kind).toBe("accepted");
  expect(whole.notes).toHaveLength(whole.got.length - 1);
  const first = await attempt(2, null);
  expect(first.outcome).toMatchObject({
    ...{ kind: "refused", errorKind: "limited", waitMs: 7_000 },
    answer: expect.stringContaining(`2 of ${whole.got.length}`),
  });
  const none = await attempt(0, first.last);
  expect([none.got, none.notes]).toEqual([[], []]);
  const second = await attempt(1, first.last);
  const third = await attempt(100, second.last);
  expect(third.outcome.kind).toBe("accepted");
  expect([...first.got, ...second.got, ...third.got]).toEqual(whole.got);
});

it("begins anew where the text, the chat or the server is another by now, or the note is none", async () => {
  const { last, got } = await attempt(3, null);
  expect(got).toHaveLength(3);
  const shorter = messageWithCodes(codes(499));
  const elsewhere = `http://localhost:${(proxy.address() as AddressInfo).port}`;
  for (const changed of [
    await attempt(1, last, shorter),
    await attempt(1, last, long, { chatId: "43" }),
    await attempt(1, last, long, { language: "hi" }),
    await attempt(1, last, long, { apiRoot: elsewhere }),
    await attempt(1, "9 of 3 nonsense"),
    await attempt(1, `4/4 ${last?.split(" ")[1]}`),
  ]) {
    expect(changed.got[0]?.text.slice(0, 10)).not.toBe("");
    expect(changed.got[0]?.text).not.toMatch(/^CANARY/);
    expect(changed.last).toMatch(/^1\//);
  }
});

it("notes neither codes nor token, and nothing of a message in one part", async () => {
  const { notes } = await attempt(3, null);
  expect(notes.join()).not.toMatch(/canary/i);
  expect(notes.every((note) => note.length < 60)).toBe(true);
  const short = await attempt(5, null, messageWithCodes(["CANARY-1"]));
  expect([short.got.length, short.notes]).toEqual([1, []]);
});
