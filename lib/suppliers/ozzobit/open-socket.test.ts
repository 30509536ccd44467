import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { expect, onTestFinished, test, vi } from "vitest";
import { type OzzobitSimulator, startOzzobit } from "../../../simulator/ozzobit/server.ts";
import { openOzzobitSocket, type SocketTiming } from "./open-socket.ts";

const QUICK = { connectMs: 2_000, retryMs: 10, mostRetryMs: 40, steadyMs: 0 };

const WANTED = {
  partnerOrderId: null,
  productsAvailed: "BUY",
  cryptoCurrency: "USDT",
  network: "tron",
  fiatCurrency: "USD",
  fiatAmount: 10,
  walletAddress: null,
};

async function start(heartbeatMs = 25_000): Promise<OzzobitSimulator> {
  const simulator = await startOzzobit({ heartbeatMs });
  simulator.world.book.way = null;
  onTestFinished(() => simulator.close());
  return simulator;
}

function listen(url: string, timing: Partial<SocketTiming> = {}, apiKey = "oz-key") {
  const heard = { up: 0, down: [] as string[], orders: [] as string[], alive: 0 };
  const socket = openOzzobitSocket(
    { url, path: "/socket.io/", apiKey, timing: { ...QUICK, ...timing }, random: () => 0.5 },
    {
      onUp: () => heard.up++,
      onDown: (why) => heard.down.push(why),
      onOrder: (id) => heard.orders.push(id),
      onAlive: () => heard.alive++,
    },
  );
  onTestFinished(() => socket.close());
  return { heard, socket };
}

const soon = (check: () => void) => vi.waitFor(check, { timeout: 30_000, interval: 10 });

test("what is followed is told, before and after it is up; nothing else is", async () => {
  const { socketUrl, world } = await start();
  const [one, two, other] = [1, 2, 3].map(() => world.book.create(WANTED).id);
  const { heard, socket } = listen(socketUrl);
  socket.follow([one ?? ""]);
  await soon(() => expect(world.sockets.subscriptions()).toEqual([one]));
  socket.follow([one ?? "", two ?? ""]);
  await soon(() => expect(world.sockets.subscriptions()).toEqual([one, two]));
  for (const id of [one, two, other]) world.book.setStatus(id ?? "", "PROCESSING");
  // Each by `order:update` and by the event's own name.
  await soon(() => expect(heard.orders).toEqual([one, one, two, two]));
  socket.follow([two ?? ""]);
  for (const id of [one, two]) world.book.setStatus(id ?? "", "COMPLETED");
  await soon(() => expect(heard.orders).toEqual([one, one, two, two, two, two]));
});

test("cut off, it comes back by itself and asks for its orders again", async () => {
  const { socketUrl, world } = await start();
  const order = world.book.create(WANTED);
  const { heard, socket } = listen(socketUrl);
  socket.follow([order.id]);
  await soon(() => expect(heard.up).toBe(1));
  for (let times = 2; times < 6; times++) {
    await soon(() => expect(world.sockets.subscriptions()).toHaveLength(times - 1));
    world.sockets.drop();
    await soon(() => expect(heard.up).toBe(times));
  }
  expect(heard.down).toHaveLength(4);
  await soon(() => expect(world.sockets.connected()).toBe(1));
  await soon(() => expect(world.sockets.subscriptions()).toHaveLength(5));
  world.book.setStatus(order.id, "COMPLETED");
  await soon(() => expect(heard.orders).toEqual([order.id, order.id]));
});

test("refused, it goes on knocking until it is let in, and says why without its key", async () => {
  const { socketUrl, world } = await start();
  world.faults.socket.refuse = true;
  const { heard } = listen(socketUrl);
  await soon(() => expect(heard.down.length).toBeGreaterThan(3));
  expect(heard.down.every((why) => why === "Unauthorized")).toBe(true);
  expect(heard.up).toBe(0);
  world.faults.socket.refuse = false;
  await soon(() => expect(heard.up).toBe(1));
});

test.each([
  '{"message":{"toString":1,"valueOf":1}}',
  '{"message":{"toString":{},"data":[]}}',
  '{"message":[{"toString":1,"valueOf":1}]}',
  '{"message":null}',
  "[]",
  "{",
])("a refusal that is junk is a loss like any other: %s", async (junk) => {
  const http = createServer();
  const server = new Server(http, { transports: ["websocket"] });
  server.engine.on("connection", (raw: { send(text: string): void }) => raw.send(`4/ws,${junk}`));
  await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
  onTestFinished(() => server.close());
  const { heard } = listen(`http://127.0.0.1:${(http.address() as AddressInfo).port}/ws`);
  await soon(() => expect(heard.down.length).toBeGreaterThan(2));
});

test("a server that isn't there yet is found once it is", async () => {
  const gone = await startOzzobit();
  await gone.close();
  const { heard } = listen(gone.socketUrl);
  await soon(() => expect(heard.down.length).toBeGreaterThan(1));
  const back = await startOzzobit({ port: gone.port });
  onTestFinished(() => back.close());
  await soon(() => expect(heard.up).toBe(1));
});

test("heartbeats show that it is alive; without any it is given up and opened anew", async () => {
  const beating = await start(30);
  const alive = listen(beating.socketUrl, { silentMs: 30_000 });
  await soon(() => expect(alive.heard.alive).toBeGreaterThan(3));
  expect(alive.heard.down).toEqual([]);

  const silent = await start();
  const dead = listen(silent.socketUrl, { silentMs: 50 });
  await soon(() => expect(dead.heard.up).toBeGreaterThan(1));
  expect(dead.heard.down).toContain("it fell silent");
});

test("closed, it is silent for good", async () => {
  const { socketUrl, world } = await start();
  const { heard, socket } = listen(socketUrl);
  await soon(() => expect(heard.up).toBe(1));
  socket.close();
  await soon(() => expect(world.sockets.connected()).toBe(0));
  expect(heard.down).toEqual([]);
});

test("connections are made by the guard, where there is one", async () => {
  const { socketUrl, port } = await start();
  const asked: string[] = [];
  const heard = { down: [] as string[] };
  const socket = openOzzobitSocket(
    {
      url: socketUrl,
      path: "/socket.io/",
      apiKey: "oz-key",
      timing: QUICK,
      connector: (options, done) => {
        asked.push(`${options.protocol}//${options.hostname}:${options.port}`);
        done(new Error("not allowed to go there"), null);
      },
    },
    {
      onUp: () => undefined,
      onDown: (why) => heard.down.push(why),
      onOrder: () => undefined,
      onAlive: () => undefined,
    },
  );
  onTestFinished(() => socket.close());
  await soon(() => expect(heard.down.length).toBeGreaterThan(1));
  expect(asked[0]).toBe(`http://127.0.0.1:${port}`);
});
