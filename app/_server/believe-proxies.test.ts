import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { believeProxies, cameFrom } from "./believe-proxies.ts";

it.each([
  ["by itself", undefined, 0, "10.0.0.9"],
  ["with a tale of its own", "203.0.113.7", 0, "10.0.0.9"],
  ["through a proxy", "203.0.113.7", 1, "203.0.113.7"],
  ["through a proxy, with a tale of its own", "127.0.0.1, 203.0.113.7", 1, "203.0.113.7"],
  ["through two", "127.0.0.1, 203.0.113.7, 10.0.0.8", 2, "203.0.113.7"],
  ["past the proxy", undefined, 1, "10.0.0.9"],
  ["with nothing in it", " , ", 1, "10.0.0.9"],
])("knows where a request that came %s is from", (_, header, proxies, from) => {
  expect(cameFrom(header, "10.0.0.9", proxies)).toBe(from);
});

it("puts it in place of what the client wrote, before anybody reads it", async () => {
  believeProxies(0);
  const server = createServer((asked, answer) => answer.end(asked.headers["x-forwarded-for"]));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const heard = await new Promise<string>((resolve, reject) => {
    const headers = { "x-forwarded-for": "203.0.113.7, 198.51.100.1" };
    const asking = request({ port, host: "127.0.0.1", headers }, (answer) => {
      let text = "";
      answer.on("data", (chunk) => {
        text += chunk;
      });
      answer.on("end", () => resolve(text));
    });
    asking.on("error", reject).end();
  });
  server.close();
  expect(heard).toBe("127.0.0.1");
});
