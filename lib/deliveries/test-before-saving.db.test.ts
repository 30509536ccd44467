import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, expect, it } from "vitest";
import { createOutboundGuard } from "#lib/platform/outbound-guard.ts";
import { scriptedSupplier, testActor, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { addEndpoint, type NewEndpoint } from "./add-endpoint.ts";
import { openChannels } from "./channels/open-channels.ts";
import { type EndpointEdit, editEndpoint } from "./edit-endpoint.ts";
import type { EndpointContext } from "./endpoint-context.ts";

const { db, drop } = await createTestDatabase();
const clock = testClock();
const guard = createOutboundGuard({ allowPrivate: true, privateHosts: [] });
const channels = openChannels({ guard });
const ctx: EndpointContext = {
  ...(await testContext(db, scriptedSupplier(), clock)),
  channels,
  guard,
};
const admin = { ...testActor("admin"), provedAt: clock.now() };
const REQUEST = { address: null, correlationId: null };

let status = 200;
let got: string[] = [];
const receiver = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    got.push(JSON.parse(Buffer.concat(parts).toString()).type);
    response.statusCode = status;
    response.end("I say so");
  });
});
await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;

beforeEach(() => {
  status = 200;
  got = [];
});
afterAll(async () => {
  receiver.close();
  await channels.close();
  await drop();
});

const headers = [{ name: "x-key", isSecret: true }];
let count = 0;
const wish = (more: Partial<NewEndpoint> = {}): NewEndpoint => ({
  channel: "webhook",
  name: `Shop ${++count}`,
  config: { url, headers },
  secrets: { headers: { "x-key": "open sesame" } },
  events: ["order.completed"],
  ...more,
});
const add = (more?: Partial<NewEndpoint>) => addEndpoint(ctx, admin, wish(more), REQUEST);
async function addedId(): Promise<string> {
  const added = await add();
  if (added.kind !== "added") expect.fail(JSON.stringify(added));
  got = [];
  return added.id;
}
async function edit(id: string, more: Partial<EndpointEdit>) {
  const { name, updatedAt } = await db.endpoint.findUniqueOrThrow({ where: { id } });
  clock.advance(10);
  const same = { name, config: { url, headers }, events: ["order.completed" as const] };
  const version = updatedAt.toISOString();
  return editEndpoint(ctx, admin, { ...same, id, version, ...more }, REQUEST);
}
const lastDetails = async (id: string) => {
  const where = { objectId: id };
  const entry = await db.auditEntry.findFirstOrThrow({ where, orderBy: { seq: "desc" } });
  return entry.details;
};

it("adds what took a test message", async () => {
  const added = await add();
  expect(got).toEqual(["endpoint.test"]);
  if (added.kind !== "added") expect.fail(JSON.stringify(added));
  expect(await lastDetails(added.id)).toMatchObject({ untested: false });
});

it.each([401, 410, 500])(
  "saves nothing that answers it by %i, and says what came",
  async (code) => {
    status = code;
    const before = await db.endpoint.count();
    expect(await add()).toMatchObject({
      kind: "untested",
      outcome: { status: code, answer: "I say so", tookMs: 0 },
    });
    expect(await db.endpoint.count()).toBe(before);
  },
);

it("saves what nobody listens to where that is wished, without a message, and the audit log says so", async () => {
  status = 500;
  const added = await add({ untested: true });
  expect(got).toEqual([]);
  if (added.kind !== "added") expect.fail(JSON.stringify(added));
  expect(await lastDetails(added.id)).toMatchObject({ untested: true });
});

it("tells nothing to what is refused anyhow", async () => {
  expect(await add({ name: "" })).toMatchObject({ kind: "invalid" });
  expect(got).toEqual([]);
});

it("tests a change of how it is reached, and no other", async () => {
  const id = await addedId();
  status = 500;
  expect(await edit(id, { name: "Another name", events: ["*"] })).toEqual({ kind: "saved" });
  expect(got).toEqual([]);
  const otherAddress = { config: { url: `${url}/hooks`, headers } };
  const otherSecret = { secrets: { headers: { "x-key": "another" } } };
  for (const change of [otherAddress, otherSecret]) {
    expect(await edit(id, change)).toMatchObject({ kind: "untested", outcome: { status: 500 } });
  }
  expect(await db.endpoint.findUniqueOrThrow({ where: { id } })).toMatchObject({ config: { url } });
  expect(await edit(id, { ...otherAddress, untested: true })).toEqual({ kind: "saved" });
  expect(await lastDetails(id)).toMatchObject({ untested: true, settings: true });
  expect(got).toEqual(["endpoint.test", "endpoint.test"]);
  status = 204;
  expect(await edit(id, { ...otherAddress, ...otherSecret })).toEqual({ kind: "saved" });
});
