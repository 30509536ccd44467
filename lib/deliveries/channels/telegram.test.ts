import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createOutboundGuard } from "#lib/platform/outbound-guard.ts";
import type { Message, OpenEndpoint } from "../channel.ts";
import { listTelegramChats } from "../list-telegram-chats.ts";
import { exampleMessage, messageWithCodes, messageWithLink } from "../testing/example-message.ts";
import { openTelegramServer, type TelegramApiServer } from "../testing/telegram-server.ts";
import { telegramChannel } from "./telegram.ts";
import type { TelegramConfig, TelegramSecrets } from "./telegram-schema.ts";

const TOKEN = "123456:canary_token_of_the_bot";
const LINK = "https://ops.example.com/claim/7#canary-claim-secret";
const guard = createOutboundGuard({ allowPrivate: true, privateHosts: [] });
const channel = telegramChannel(guard);
const patience = () => AbortSignal.timeout(5_000);

let api: TelegramApiServer;
const fakes: Server[] = [];

function endpointAt(
  apiRoot: string,
  config: Record<string, unknown> = {},
): OpenEndpoint<TelegramConfig, TelegramSecrets> {
  return {
    id: "telegram",
    name: "Owner",
    version: apiRoot,
    ...channel.parse({ chatId: "42", apiRoot, ...config }, { token: TOKEN }),
  };
}

/** For answers that the emulator never gives. */
async function fake(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  fakes.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  fake((_, response) => {
    response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
  });

async function sent(message: Message, config: Record<string, unknown> = {}) {
  const before = api.messages().length;
  const outcome = await channel.send(endpointAt(api.url, config), message, patience());
  expect(outcome).toMatchObject({ kind: "accepted", status: 200 });
  return api.messages().slice(before);
}

describe("telegramChannel", () => {
  beforeAll(async () => {
    api = await openTelegramServer();
  });
  afterEach(async () => {
    await channel.close();
    for (const server of fakes.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });
  afterAll(() => api.stop());

  it("writes to the chat, with a button that leads to the order", async () => {
    const message = exampleMessage();
    const [got] = await sent(message);
    expect(got).toMatchObject({
      token: TOKEN,
      chatId: "42",
      buttons: [{ text: "Open the order", url: message.consoleUrl }],
    });
    expect(got?.text).toContain("Order completed: web-1042");
    expect(got?.text).toContain("Customer reference: priya@example.com");
    expect(got?.text).toContain("Goods: 2 × Steam Wallet <25> & more (2 of 2 codes stored)");
  });

  it("writes Hindi", async () => {
    const [got] = await sent(exampleMessage(), { language: "hi" });
    expect(got?.text).toContain("ऑर्डर पूरा: web-1042");
    expect(got?.buttons[0]?.text).toBe("ऑर्डर खोलें");
  });

  it("has a button for a claim link, and the codes themselves in the text", async () => {
    const [link] = await sent(messageWithLink(LINK));
    expect(link?.text).not.toContain("canary");
    expect(link?.buttons[0]).toEqual({
      text: expect.stringContaining("Open the codes (once, until 22 Nov 2026"),
      url: LINK,
    });
    const [codes] = await sent(messageWithCodes(["AAAA-1", "AAAA-2"]));
    expect(codes?.text).toContain("AAAA-1\nAAAA-2");
  });

  it("writes an address that no button can lead to into the text", async () => {
    const message = { ...exampleMessage(), consoleUrl: "http://localhost:3000/orders/1" };
    const [got] = await sent(message);
    expect(got?.buttons).toEqual([]);
    expect(got?.text).toContain("Open the order: http://localhost:3000/orders/1");
  });

  it("fills its own template in, in one pass", async () => {
    const [got] = await sent(exampleMessage({ clientRef: "{total}" }), {
      template: "{clientRef}: {total} {currency} {nothing}{__proto__}({status})",
    });
    expect(got?.text).toBe("{total}: 50.00 USD (completed)");
  });

  it("makes several messages of many codes and leaves none out", async () => {
    const values = Array.from({ length: 500 }, (_, index) => `CODE-${index}-${"x".repeat(20)}`);
    const got = await sent(messageWithCodes(values));
    expect(got.length).toBeGreaterThan(3);
    expect(got.every(({ text }) => text.length <= 4096)).toBe(true);
    const text = got.map((part) => part.text).join("\n");
    expect(values.every((value) => text.includes(value))).toBe(true);
    expect(got.map(({ buttons }) => buttons.length)).toEqual(
      got.map((_, index) => (index + 1 === got.length ? 1 : 0)),
    );
  });

  it.each([
    [401, "Unauthorized", "credentials"],
    [404, "Not Found", "credentials"],
    [400, "Bad Request: chat not found", "misconfigured"],
    [403, "Forbidden: bot was blocked by the user", "gone"],
    [403, "Forbidden: bot was kicked from the supergroup chat", "gone"],
    [403, "Forbidden: bot can't initiate conversation with a user", "refused"],
    [400, "Bad Request: message text is empty", "refused"],
    [502, "Bad Gateway", "broken"],
  ])("tells %i “%s” as %s", async (status, description, errorKind) => {
    const root = await answering(status, { ok: false, error_code: status, description });
    expect(await channel.send(endpointAt(root), exampleMessage(), patience())).toMatchObject({
      kind: "refused",
      errorKind,
      status,
      answer: description,
    });
  });

  it("waits as long as it is asked to", async () => {
    const root = await answering(429, {
      ok: false,
      error_code: 429,
      description: "Too Many Requests: retry after 17",
      parameters: { retry_after: 17 },
    });
    expect(await channel.send(endpointAt(root), exampleMessage(), patience())).toMatchObject({
      kind: "refused",
      errorKind: "limited",
      waitMs: 17_000,
    });
  });

  it("names the new id of a group that moved", async () => {
    const root = await answering(400, {
      ok: false,
      error_code: 400,
      description: "Bad Request: group chat was upgraded to a supergroup chat",
      parameters: { migrate_to_chat_id: -100123 },
    });
    expect(await channel.send(endpointAt(root), exampleMessage(), patience())).toMatchObject({
      errorKind: "misconfigured",
      answer: expect.stringContaining("-100123"),
    });
  });

  it.each([
    ["a page of some proxy", 503, "<h1>maintenance</h1>", {}, "broken"],
    ["a page that says 200", 200, "<h1>welcome</h1>", {}, "answer_unreadable"],
    ["a compressed answer", 200, "{}", { "content-encoding": "gzip" }, "answer_unreadable"],
    ["an endless answer", 200, "x".repeat(100_000), {}, "answer_unreadable"],
    ["a redirect", 302, "", { location: "http://127.0.0.1:1/" }, "redirected"],
  ])("survives %s", async (_, status, body, headers, errorKind) => {
    const root = await answering(status, body, headers as Record<string, string>);
    expect(await channel.send(endpointAt(root), exampleMessage(), patience())).toMatchObject({
      errorKind,
    });
  });

  it("takes no more than its time, and tells a reset", async () => {
    const silent = await fake(() => undefined);
    expect(
      await channel.send(endpointAt(silent), exampleMessage(), AbortSignal.timeout(200)),
    ).toMatchObject({ kind: "failed", errorKind: "timeout" });
    const rude = await fake((request) => request.socket.destroy());
    expect(await channel.send(endpointAt(rude), exampleMessage(), patience())).toMatchObject({
      kind: "failed",
      errorKind: "reset",
    });
  });

  it("never connects to a private address that the configuration doesn't name", async () => {
    const strict = telegramChannel(createOutboundGuard({ allowPrivate: false, privateHosts: [] }));
    const outcome = await strict.send(endpointAt(api.url), exampleMessage(), patience());
    expect(outcome).toMatchObject({ kind: "failed", errorKind: "address_refused" });
  });

  it("shows what it sends without token, codes and links", () => {
    for (const message of [messageWithCodes(["CANARY-1"]), messageWithLink(LINK)]) {
      const shown = channel.show(endpointAt("https://api.example.com"), message);
      expect(shown.to).toBe("https://api.example.com/bot[redacted]/sendMessage");
      expect(JSON.parse(shown.body)).toMatchObject({ chat_id: "42" });
      expect(JSON.stringify(shown)).not.toMatch(/canary/i);
    }
  });
});

describe("listTelegramChats", () => {
  it("lists chats that the bot was spoken to in, the newest first", async () => {
    const own = await openTelegramServer();
    await own.say(TOKEN, -1001, "Orders", "hello");
    await own.say(TOKEN, -1002, "Alerts", "hello");
    await own.say(TOKEN, -1001, "Orders", "again");
    expect(await listTelegramChats(guard, { token: TOKEN, apiRoot: own.url })).toEqual({
      kind: "chats",
      chats: [
        { id: "-1001", title: "Orders", type: "group" },
        { id: "-1002", title: "Alerts", type: "group" },
      ],
    });
    await own.stop();
  });

  it("says why it can't, without the token", async () => {
    const root = await answering(401, {
      ok: false,
      error_code: 401,
      description: `Unauthorized: ${TOKEN}`,
    });
    const answer = await listTelegramChats(guard, { token: TOKEN, apiRoot: root });
    expect(answer).toMatchObject({ kind: "failed", errorKind: "credentials" });
    expect(JSON.stringify(answer)).not.toContain("canary");
    fakes.splice(0).forEach((server) => {
      server.close();
    });
  });
});
