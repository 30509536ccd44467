import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { limitRequests } from "./limit-requests.ts";

const SHORT = { headMs: 150, wholeMs: 300 };
const AMPLE = { headMs: 30_000, wholeMs: 30_000 };

/** All that comes back for what is sent, until the server hangs up or has answered. */
async function send(text: string, limits: Parameters<typeof limitRequests>[0]): Promise<string> {
  onTestFinished(limitRequests(limits));
  const server = createServer({ connectionsCheckingInterval: 20 }, (request, response) => {
    request.resume().on("end", () => response.end("read"));
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return new Promise((resolve, reject) => {
    let heard = "";
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1", () => {
      socket.write(text);
    });
    socket.on("data", (chunk) => {
      heard += chunk;
      if (heard.includes("read")) socket.destroy();
    });
    socket.on("close", () => resolve(heard));
    socket.on("error", reject);
  });
}

it("hangs up on whoever never ends the head of a request", async () => {
  expect(await send("GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ", SHORT)).toMatch(/^HTTP\/1\.1 408 /);
});

it("hangs up on whoever never ends its body", async () => {
  const head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n";
  expect(await send(`${head}one`, SHORT)).toMatch(/^HTTP\/1\.1 408 /);
});

it("answers whoever ends it", async () => {
  const head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n";
  expect(await send(`${head}one`, AMPLE)).toMatch(/^HTTP\/1\.1 200 /);
});
