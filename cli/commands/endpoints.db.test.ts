import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import { endpointAdd } from "./endpoint-add.ts";
import { endpointList } from "./endpoint-list.ts";
import { endpointRemove } from "./endpoint-remove.ts";
import { endpointRotate } from "./endpoint-rotate.ts";
import { endpointSet } from "./endpoint-set.ts";
import { endpointShow } from "./endpoint-show.ts";
import { endpointTest } from "./endpoint-test.ts";
import { openTerminal } from "./typing.fixture.ts";

const terminal = await openTerminal({ KEYHOLD_ALLOW_PRIVATE_ENDPOINTS: "1" });
const folder = mkdtempSync(join(tmpdir(), "keyhold-cli-"));
const got: { headers: Record<string, string>; body: string }[] = [];
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      got.push({ headers: request.headers as Record<string, string>, body });
      response.end("ok");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
});
afterAll(async () => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
  await terminal.drop();
});

let added: { id: string; secret: string };

it("adds a webhook and prints its id and secret as JSON, and nothing else", async () => {
  const words = ["--channel", "webhook", "--url", url, "--events", "order.completed,order.failed"];
  const { code, out } = await terminal.type(endpointAdd, [...words, "--name", "Shop"]);
  expect(code).toBe(0);
  added = JSON.parse(out);
  expect(Object.keys(added)).toEqual(["id", "secret"]);
  expect(await terminal.db.endpoint.findUniqueOrThrow({ where: { id: added.id } })).toMatchObject({
    name: "Shop",
    events: ["order.completed", "order.failed"],
    payload: "thin",
    createdBy: "command line",
  });
  expect(await terminal.lastEntry()).toMatchObject({ action: "endpoint.added", actorKind: "job" });
});

it("sends a test message that the receiver can verify", async () => {
  const { code, out } = await terminal.type(endpointTest, ["shop"]);
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("accepted") });
  const last = got.at(-1);
  const payload = new Webhook(added.secret).verify(last?.body ?? "", last?.headers ?? {});
  expect(payload).toMatchObject({ type: "endpoint.test" });
});

it("shows and lists endpoints without their secrets", async () => {
  for (const [command, words] of [
    [endpointShow, ["Shop"]],
    [endpointShow, [added.id, "--json"]],
    [endpointList, []],
    [endpointList, ["--json"]],
  ] as const) {
    const { code, out } = await terminal.type(command, [...words]);
    expect(code).toBe(0);
    expect(out).toContain("Shop");
    expect(out).not.toContain(added.secret.slice(6));
  }
});

it("changes what is typed and leaves the rest", async () => {
  const words = [
    "Shop",
    "--include-codes",
    "--reason",
    "The contract",
    "--settings",
    '{"isOrdered":true}',
  ];
  expect(await terminal.type(endpointSet, words)).toMatchObject({ code: 0 });
  expect(await terminal.db.endpoint.findUniqueOrThrow({ where: { id: added.id } })).toMatchObject({
    events: ["order.completed", "order.failed"],
    payload: "codes",
    isOrdered: true,
  });
  expect(await terminal.lastEntry()).toMatchObject({
    action: "endpoint.codes_allowed",
    reason: "The contract",
  });
});

it("rotates the secret, and both are good for a while", async () => {
  const { out } = await terminal.type(endpointRotate, ["Shop"]);
  const { secret } = JSON.parse(out);
  await terminal.type(endpointTest, ["Shop"]);
  const { body, headers } = got.at(-1) ?? { body: "", headers: {} };
  for (const one of [secret, added.secret]) {
    expect(new Webhook(one).verify(body, headers)).toMatchObject({ type: "endpoint.test" });
  }
});

it("takes secrets from a file", async () => {
  const file = join(folder, "secrets.json");
  writeFileSync(file, '{"password":"pa55-word"}');
  const config = '{"host":"127.0.0.1","port":6379,"key":"events"}';
  const words = ["--channel", "redis_stream", "--config", config, "--secrets-file", file];
  const { code, out } = await terminal.type(endpointAdd, [...words, "--untested"]);
  expect(code).toBe(0);
  const { id, secret } = JSON.parse(out);
  expect(secret).toBeNull();
  const row = await terminal.db.endpoint.findUniqueOrThrow({ where: { id } });
  expect(JSON.stringify(row)).not.toContain("pa55-word");
});

it("says what is wrong, a line each", async () => {
  const words = ["--channel", "webhook", "--url", "ftp://x", "--name", "Other"];
  expect(await terminal.type(endpointAdd, words)).toMatchObject({
    code: 1,
    err: expect.stringContaining("config.url"),
  });
  expect(await terminal.type(endpointAdd, ["--channel", "pigeon"])).toMatchObject({ code: 2 });
  expect(await terminal.type(endpointAdd, ["--channel", "sqs", "--config", "{"])).toMatchObject({
    code: 2,
  });
  expect(await terminal.type(endpointShow, ["Nobody"])).toMatchObject({
    code: 1,
    err: "There is no endpoint called Nobody.\n",
  });
});

it("takes one away with a reason", async () => {
  expect(await terminal.type(endpointRemove, ["Shop"])).toMatchObject({ code: 2 });
  expect(await terminal.type(endpointRemove, ["Shop", "--reason", "It moved"])).toMatchObject({
    code: 0,
  });
  expect(await terminal.type(endpointShow, ["Shop"])).toMatchObject({ code: 1 });
});

it("saves nothing that took no test message, and says how to save it all the same", async () => {
  const words = ["--channel", "webhook", "--url", "http://127.0.0.1:9/", "--name", "Nobody"];
  const { code, err } = await terminal.type(endpointAdd, words);
  expect(code).toBe(1);
  expect(err).toContain("Nobody: failed (connect)");
  expect(err).toContain("--untested");
  expect(await terminal.db.endpoint.count({ where: { name: "Nobody" } })).toBe(0);
  expect((await terminal.type(endpointAdd, [...words, "--untested"])).code).toBe(0);
});
