import { createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { freePort, isPortFree } from "./free-port.mjs";

let server;
afterEach(() => new Promise((resolve) => (server ? server.close(resolve) : resolve())));

function listen(host) {
  server = createServer();
  return new Promise((resolve) => server.listen(0, host, () => resolve(server.address().port)));
}

test("tells a busy port, and gives another in its place", async () => {
  const busy = await listen("127.0.0.1");
  expect(await isPortFree(busy)).toBe(false);
  expect(await isPortFree(busy, "0.0.0.0")).toBe(false);
  expect(await freePort(busy)).not.toBe(busy);
});

test("keeps the preferred port where it is free", async () => {
  const port = await freePort();
  expect(await freePort(port)).toBe(port);
});
