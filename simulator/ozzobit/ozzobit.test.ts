import { createServer } from "node:http";
import { request } from "undici";
import { expect, onTestFinished, test, vi } from "vitest";
import { listen, readBody, stop } from "../http/listen.ts";
import { takeKind } from "../kinds.ts";
import { readOptions } from "./options.ts";
import { startOzzobit } from "./server.ts";

async function start(options: Parameters<typeof startOzzobit>[0] = {}) {
  const simulator = await startOzzobit(options);
  onTestFinished(() => simulator.close());
  const call = async (url: string, body?: unknown, bearer = "oz-secret-0123456789") => {
    const answer = await request(url, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `Bearer ${bearer}` },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { status: answer.statusCode, json: (await answer.body.json()) as never };
  };
  const api = (path: string, body?: unknown, bearer?: string) =>
    call(`${simulator.baseUrl}/api/v2${path}`, body, bearer);
  const control = (path: string, body?: unknown) => call(`${simulator.controlUrl}${path}`, body);
  return { simulator, api, control };
}

const WANTED = {
  partnerOrderId: "ours-1",
  productsAvailed: "BUY",
  cryptoCurrency: "USDT",
  network: "tron",
  fiatCurrency: "USD",
  fiatAmount: 12.5,
};

test("tells an order's way by webhook, once, twice or not at all", async () => {
  const heard: { body: string; signature: string | undefined }[] = [];
  const receiver = createServer(async (incoming, response) => {
    const signature = incoming.headers["x-ozzobit-signature"] as string | undefined;
    heard.push({ body: (await readBody(incoming, 10_000)) ?? "", signature });
    response.end();
  });
  const port = await listen(receiver, 0);
  onTestFinished(() => stop(receiver, 0));
  const { simulator, api, control } = await start({ stepMs: 5 });
  await control("/webhook", { url: `http://127.0.0.1:${port}/`, secret: "s" });

  expect(await api("/orders/create", WANTED)).toMatchObject({
    status: 201,
    json: { status: "CREATED" },
  });
  await vi.waitFor(() => expect(simulator.world.book.all()[0]?.status).toBe("COMPLETED"), {
    timeout: 15_000,
  });
  await simulator.settled();
  expect(heard.map(({ body }) => JSON.parse(body).eventName).sort()).toEqual([
    "AWAITING_PAYMENT_FROM_USER",
    "ORDER_COMPLETED",
    "ORDER_CREATED",
    "ORDER_PROCESSING",
    "PENDING_DELIVERY_FROM_OZZOBiT",
  ]);
  expect(heard.every(({ signature }) => /^[0-9a-f]{64}$/.test(signature ?? ""))).toBe(true);

  heard.length = 0;
  const { id } = simulator.world.book.all()[0] ?? { id: "" };
  await control("/faults", { webhook: { twice: true, form: "aes" } });
  await control("/status", { id, status: "FAILED" });
  await simulator.settled();
  expect(heard).toHaveLength(2);
  expect(heard[0]?.body).not.toContain("FAILED");
  await control("/faults", { webhook: { lose: true } });
  await control("/status", { id, status: "FAILED" });
  await simulator.settled();
  expect(heard).toHaveLength(2);
});

test("tokens end, keys are changed, and faults meet so many requests as they say", async () => {
  const { api, control } = await start();
  const given = await api("/auth/token", { apiKey: "oz-key", apiSecret: "oz-secret-0123456789" });
  const token = (given.json as { accessToken: string }).accessToken;
  expect((await api("/orders", undefined, token)).status).toBe(200);
  await control("/expire-tokens", {});
  expect((await api("/orders", undefined, token)).status).toBe(401);
  await control("/account", { apiSecret: "another" });
  expect((await api("/orders")).status).toBe(401);
  expect((await api("/orders", undefined, "another")).status).toBe(200);

  await control("/faults", { http: { endpoint: "list", times: 2, status: 503 } });
  const answers = [1, 2, 3].map(() => api("/orders", undefined, "another"));
  expect((await Promise.all(answers)).map(({ status }) => status).sort()).toEqual([200, 503, 503]);
  expect(await control("/faults", { socket: { nothing: 1 } })).toMatchObject({ status: 400 });
  expect(await control("/no-such-act")).toMatchObject({ status: 404 });
});

test("is one of the kinds, and reads its flags", () => {
  expect(takeKind(["--kind", "ozzobit", "--port", "0"], {}).rest).toEqual(["--port", "0"]);
  expect(readOptions(["--port", "0"], { SIMULATOR_STEP_MS: "20" })).toMatchObject({
    port: 0,
    controlPort: 4021,
    stepMs: 20,
    webhook: null,
  });
  expect(() => readOptions(["--webhook-url", "http://x.example"], {})).toThrow(/go together/);
});
