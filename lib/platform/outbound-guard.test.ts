import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { Agent, request } from "undici";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UrlRefused } from "./outbound-errors.ts";
import { createOutboundGuard, type OutboundGuard } from "./outbound-guard.ts";
import { askServers } from "./resolve-name.ts";
import { openCanary } from "./testing/canary.ts";
import { HOSTILE_NAMES } from "./testing/hostile-names.ts";
import { insideUrls } from "./testing/hostile-urls.ts";
import { openNameServer } from "./testing/name-server.ts";
import { selfSigned } from "./testing/self-signed.ts";

const PUBLIC = "93.184.215.14";
const socketOptions = { tls: false, timeoutMs: 2_000 };

let canary: Awaited<ReturnType<typeof openCanary>>;
let names: Awaited<ReturnType<typeof openNameServer>>;

beforeAll(async () => {
  canary = await openCanary();
  names = await openNameServer({ ...HOSTILE_NAMES, "good.example.com": { a: [PUBLIC] } });
});
afterAll(async () => {
  await canary.close();
  await names.close();
});

const strict = (resolve: (name: string) => Promise<string[]>): OutboundGuard =>
  createOutboundGuard({ allowPrivate: false, privateHosts: [], resolve });

const outcome = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "let through",
    (error: Error) => error.name,
  );

describe("a service at a public address", () => {
  const guard = strict(async () => [PUBLIC]);
  const connect = (more: object) =>
    guard.connect("redis.example.com", 1, "service", { tls: false, timeoutMs: 50, ...more });

  test("is not spoken to in the clear", async () => {
    expect(await outcome(connect({}))).toBe("PlainRefused");
  });

  test("is where TLS begins with the first byte, or by STARTTLS", async () => {
    expect(await outcome(connect({ tls: true }))).not.toBe("PlainRefused");
    expect(await outcome(connect({ securesLater: true }))).not.toBe("PlainRefused");
  });
});

describe("the canary", () => {
  test("is heard by whoever reaches it", async () => {
    const open = createOutboundGuard({ allowPrivate: true, privateHosts: [] });
    const before = canary.visits();
    const socket = await open.connect("127.0.0.1", canary.port, "webhook", socketOptions);
    socket.destroy();
    await expect.poll(canary.visits).toBe(before + 1);
  });

  test("is reached by none of the addresses that lead inside, though the name servers say so", async () => {
    // Whatever isn't an address already leads to the canary.
    const guard = strict(async () => ["127.0.0.1"]);
    const before = canary.visits();
    let asked = 0;
    for (const url of insideUrls(canary.port)) {
      if (!URL.canParse(url)) continue;
      const { hostname } = new URL(url);
      asked += 1;
      for (const purpose of ["webhook", "service"] as const) {
        const found = await outcome(guard.connect(hostname, canary.port, purpose, socketOptions));
        expect(`${url}: ${found}`).toBe(`${url}: AddressRefused`);
      }
    }
    expect(asked).toBeGreaterThan(140);
    expect(canary.visits()).toBe(before);
  });

  test("is reached by no answer of a name server, at save or at send", async () => {
    const guard = strict((name) => askServers(name, [names.address]));
    const before = canary.visits();
    const hostile = Object.keys(HOSTILE_NAMES);
    const found = await Promise.all(
      hostile.map(async (name) => {
        const saved = await outcome(guard.vet(name, canary.port, "webhook"));
        const sent = await outcome(guard.connect(name, canary.port, "webhook", socketOptions));
        return [name, saved, sent];
      }),
    );
    const refused = "AddressRefused";
    const lost = "NameUnresolved";
    expect(Object.fromEntries(found.map(([name, ...both]) => [name, both]))).toEqual({
      "loopback.example.com": [refused, refused],
      "private.example.com": [refused, refused],
      "metadata.example.com": [refused, refused],
      "zero.example.com": [refused, refused],
      "one-of-two.example.com": [refused, refused],
      "last-of-many.example.com": [refused, refused],
      "one-of-each.example.com": [refused, refused],
      "only-six.example.com": [refused, refused],
      "mapped.example.com": [refused, refused],
      "nat64.example.com": [refused, refused],
      "six-to-four.example.com": [refused, refused],
      "renamed.example.com": [refused, refused],
      "rebound.example.com": ["let through", refused],
      "renamed-in-circles.example.com": [lost, lost],
      "somebody-elses.example.com": [expect.any(String), expect.any(String)],
      "unknown.example.com": [lost, lost],
      "broken.example.com": [lost, lost],
      "refusing.example.com": [lost, lost],
      "empty.example.com": [lost, lost],
      "silent.example.com": [lost, "ConnectTimeout"],
      "garbage.example.com": [lost, expect.any(String)],
      "forged.example.com": [lost, "ConnectTimeout"],
      "cut.example.com": [expect.any(String), expect.any(String)],
      "cut-to-nothing.example.com": [lost, expect.any(String)],
    });
    expect(found.filter(([, , sent]) => sent === "let through")).toEqual([]);
    expect(hostile.length).toBeGreaterThanOrEqual(16);
    expect(canary.visits()).toBe(before);
  });

  test("a name that leads to one public address is let through", async () => {
    const guard = strict((name) => askServers(name, [names.address]));
    expect(await guard.vet("good.example.com", 443, "webhook")).toEqual({
      address: PUBLIC,
      family: 4,
    });
  });
});

describe("vet", () => {
  test("takes an address for what it is, without asking for it", async () => {
    const guard = strict(() => Promise.reject(new Error("asked")));
    expect(await guard.vet("8.8.8.8", 443, "webhook")).toEqual({ address: "8.8.8.8", family: 4 });
    expect(await guard.vet("[2606:4700::1111]", 443, "webhook")).toEqual({
      address: "2606:4700::1111",
      family: 6,
    });
  });

  test("prefers IPv4, which every machine has", async () => {
    const guard = strict(async () => ["2606:4700::1111", PUBLIC]);
    expect(await guard.vet("hooks.example.com", 443, "webhook")).toMatchObject({ family: 4 });
  });

  test.each([0, -1, 65_536, 1.5, Number.NaN])("refuses port %s", async (port) => {
    const guard = strict(async () => [PUBLIC]);
    expect(await outcome(guard.vet("hooks.example.com", port, "webhook"))).toBe("AddressRefused");
  });

  test.each([
    ["redis.internal", "service", "let through"],
    ["REDIS.internal.", "service", "let through"],
    ["redis.internal", "webhook", "AddressRefused"],
    ["other.internal", "service", "AddressRefused"],
    ["10.0.0.8", "service", "let through"],
    ["10.0.0.9", "service", "AddressRefused"],
    ["metadata.internal", "service", "AddressRefused"],
  ] as const)(
    "of hosts that are the operator's own, %s as a %s: %s",
    async (host, purpose, said) => {
      const guard = createOutboundGuard({
        allowPrivate: false,
        privateHosts: ["redis.internal", "10.0.0.8", "metadata.internal"],
        resolve: async (name) => [name.startsWith("metadata") ? "169.254.169.254" : "10.0.0.7"],
      });
      expect(await outcome(guard.vet(host, 6379, purpose))).toBe(said);
    },
  );

  test("lets a demo reach its own machine, and still not what clouds keep beside it", async () => {
    const guard = createOutboundGuard({ allowPrivate: true, privateHosts: [] });
    expect(guard.checkUrl("http://127.0.0.1:4010/hooks").port).toBe(4010);
    expect(await outcome(guard.vet("localhost", 4010, "webhook"))).toBe("let through");
    expect(await outcome(guard.vet("169.254.169.254", 80, "webhook"))).toBe("AddressRefused");
    expect(() => strict(async () => []).checkUrl("http://127.0.0.1:4010/")).toThrow(UrlRefused);
  });
});

describe("connect", () => {
  test("asks for the name once, connects to what it led to then, and holds the certificate to the name", async () => {
    const { key, cert } = selfSigned(["hooks.example.com"]);
    const seen: unknown[] = [];
    const server = createServer({ key, cert }, ({ headers, socket }, response) => {
      seen.push([headers.host, (socket as { servername?: string }).servername]);
      response.end("hello");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    let asked = 0;
    const guard = createOutboundGuard({
      allowPrivate: true,
      privateHosts: [],
      ca: cert,
      // Asked again it would lead elsewhere.
      resolve: async () => [++asked === 1 ? "127.0.0.1" : "10.0.0.1"],
    });
    const connect = guard.connector("webhook", 2_000);
    const dispatcher = new Agent({ connect, connections: 1 });
    for (let time = 0; time < 3; time += 1) {
      const { statusCode, body } = await request(`https://hooks.example.com:${port}/`, {
        dispatcher,
      });
      expect([statusCode, await body.text()]).toEqual([200, "hello"]);
    }
    expect(asked).toBe(1);
    const host = `hooks.example.com:${port}`;
    expect(seen).toEqual(Array(3).fill([host, "hooks.example.com"]));
    asked = 0;
    const other = request(`https://other.example.com:${port}/`, { dispatcher });
    await expect(other).rejects.toMatchObject({ code: "ERR_TLS_CERT_ALTNAME_INVALID" });
    await dispatcher.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test("goes on to the next address where one can't be reached", async () => {
    const guard = createOutboundGuard({
      allowPrivate: true,
      privateHosts: [],
      resolve: async () => ["127.0.0.77", "127.0.0.1"],
    });
    const before = canary.visits();
    const socket = await guard.connect("two.example.com", canary.port, "webhook", socketOptions);
    expect(socket.remoteAddress).toBe("127.0.0.1");
    socket.destroy();
    await expect.poll(canary.visits).toBe(before + 1);
  });

  test("gives up in time, and connects to nothing that is found later", async () => {
    let found: (addresses: string[]) => void = () => undefined;
    const guard = createOutboundGuard({
      allowPrivate: true,
      privateHosts: [],
      resolve: () =>
        new Promise((resolve) => {
          found = resolve;
        }),
    });
    const before = canary.visits();
    const late = guard.connect("slow.example.com", canary.port, "webhook", {
      tls: false,
      timeoutMs: 20,
    });
    expect(await outcome(late)).toBe("ConnectTimeout");
    found(["127.0.0.1"]);
    const socket = await createOutboundGuard({ allowPrivate: true, privateHosts: [] }).connect(
      "127.0.0.1",
      canary.port,
      "webhook",
      socketOptions,
    );
    socket.destroy();
    await expect.poll(canary.visits).toBe(before + 1);
  });
});
