import { afterAll, beforeEach, expect, it } from "vitest";
import { openSources } from "#lib/codes/sealed.fixture.ts";
import { secretsPlace } from "#lib/deliveries/open-endpoint.ts";
import { askFor } from "#lib/events/events.fixture.ts";
import { SEALED_INBOX } from "#lib/inbound/sealed-inbox.ts";
import { SEALED_LINKS } from "#lib/orders/sealed-links.ts";
import { SEALED_PAYMENT_PAGES } from "#lib/orders/sealed-payment-pages.ts";
import { openKeySource } from "#lib/platform/open-key-source.ts";
import { openSealer } from "#lib/platform/open-sealer.ts";
import { SEALED_SUPPLIER_SECRETS } from "#lib/suppliers/sealed-secrets.ts";
import { keysRotate } from "./keys-rotate.ts";
import { openTerminal } from "./typing.fixture.ts";

const terminal = await openTerminal();
afterAll(terminal.drop);
const { db, core } = terminal;
const { sources, store } = await openSources(db);

beforeEach(async () => {
  await db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    db.$executeRaw`delete from codes`,
    db.$executeRaw`delete from announced_links`,
    db.$executeRaw`delete from payment_pages`,
    db.$executeRaw`delete from endpoints`,
    db.$executeRaw`delete from data_keys`,
  ]);
});

async function storeSome(count: number) {
  const sealer = await openSealer(core, openKeySource(terminal.env()));
  for (let number = 0; number < count; number += 1) {
    await store(sealer, sources.import, `code-${number}`);
  }
}

it("tells how far it is, waits for latecomers, and says what was done", async () => {
  await storeSome(3);
  const waits: number[] = [];
  const wait = async (ms: number) => waits.push(ms);
  const { code, out, err } = await terminal.type(keysRotate, [], { wait });
  expect(code).toBe(0);
  const key = await db.dataKey.findFirstOrThrow({ where: { purpose: "seal", retiredAt: null } });
  expect(out).toBe(
    `The data key is ${key.id} now.\nSealed anew: 3. Data keys wrapped by the first outside key: 3.\n`,
  );
  expect(err).toMatch(/^3 of 3 sealed anew\.\nWaiting 1[12]\d s for processes that may not have/);
  expect(waits).toHaveLength(1);
});

it("answers JSON alone with --json, and 1 where something doesn't open", async () => {
  await storeSome(2);
  const sound = await terminal.type(keysRotate, ["--json"]);
  expect(sound.code).toBe(0);
  expect(JSON.parse(sound.out)).toMatchObject({ ok: true, resealed: 2, unopened: [] });

  const one = await db.code.findFirstOrThrow();
  await db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    db.$executeRaw`update codes set sealed = 'v2|gone|n|c|t' where id = ${one.id}::uuid`,
  ]);
  const broken = await terminal.type(keysRotate, ["--json"]);
  expect(broken.code).toBe(1);
  expect(JSON.parse(broken.out)).toMatchObject({ ok: false, resealed: 1, unopened: [one.id] });
  const said = await terminal.type(keysRotate, []);
  expect(said.out).toContain(`1 don't open and keep the seal they have; keep every outside key`);
  expect(said.out).toContain(one.id);
});

it("seals what endpoints, announced links, payment pages, suppliers and their messages hold, too, and leaves nothing sealed out", async () => {
  await storeSome(1);
  const sealer = await openSealer(core, openKeySource(terminal.env()));
  const endpointId = await askFor(db);
  await askFor(db);
  const secrets = sealer.seal("whsec_secret", secretsPlace(endpointId));
  await db.endpoint.update({ where: { id: endpointId }, data: { secrets } });
  const orderId = "orderId" in sources.order ? sources.order.orderId : "";
  const url = "https://ops.example.com/claim/1#secret";
  const [handOutId, linkId, at] = [core.newId(), core.newId(), core.now()];
  const maker = { actorKind: "job", actorName: "test", createdAt: at };
  await db.handOut.create({ data: { id: handOutId, customerRef: "c", way: "link", ...maker } });
  await db.claimLink.create({
    data: {
      ...{ id: linkId, handOutId, secretHash: "hash", actorName: "test" },
      ...{ createdAt: at, expiresAt: at },
    },
  });
  const sealed = sealer.seal(url, SEALED_LINKS.boundTo(orderId));
  await db.announcedLink.create({ data: { orderId, claimLinkId: linkId, sealed, createdAt: at } });
  const page = sealer.seal(url, SEALED_PAYMENT_PAGES.boundTo(orderId));
  await db.paymentPage.create({ data: { orderId, sealed: page, blindIndex: "1", toldAt: at } });

  const { id: supplierId } = await db.supplier.findFirstOrThrow();
  const [secretId, messageId] = [core.newId(), core.newId()];
  await db.supplierSecret.create({
    data: {
      ...{
        id: secretId,
        supplierId,
        name: "apiKey",
        lastFour: "",
        createdAt: at,
        createdBy: "test",
      },
      sealed: sealer.seal("their key", SEALED_SUPPLIER_SECRETS.boundTo(secretId)),
    },
  });
  await db.inboxMessage.create({
    data: {
      ...{ id: messageId, supplierId, dedupeKey: "1", scheme: "test", receivedAt: at, nextAt: at },
      ...{ sealed: sealer.seal("a message", SEALED_INBOX.boundTo(messageId)), bytes: 9 },
    },
  });

  const { code, out } = await terminal.type(keysRotate, ["--json"]);
  expect([code, JSON.parse(out)]).toMatchObject([0, { resealed: 6, unopened: [] }]);
  const { dataKeyId } = JSON.parse(out);
  const turned = await openSealer(core, openKeySource(terminal.env()));
  const endpoint = await db.endpoint.findUniqueOrThrow({ where: { id: endpointId } });
  const link = await db.announcedLink.findUniqueOrThrow({ where: { orderId } });
  expect(endpoint.secrets).toMatch(`v2|${dataKeyId}|`);
  expect(link.sealed).toMatch(`v2|${dataKeyId}|`);
  expect(await turned.open(endpoint.secrets ?? "", secretsPlace(endpointId))).toBe("whsec_secret");
  expect(await turned.open(link.sealed, SEALED_LINKS.boundTo(orderId))).toBe(url);

  const payment = await db.paymentPage.findUniqueOrThrow({ where: { orderId } });
  expect(payment.sealed).toMatch(`v2|${dataKeyId}|`);
  expect(await turned.open(payment.sealed, SEALED_PAYMENT_PAGES.boundTo(orderId))).toBe(url);

  const secret = await db.supplierSecret.findUniqueOrThrow({ where: { id: secretId } });
  const message = await db.inboxMessage.findUniqueOrThrow({ where: { id: messageId } });
  expect([secret.sealed, message.sealed].every((one) => one.startsWith(`v2|${dataKeyId}|`))).toBe(
    true,
  );
  const opened = turned.open(secret.sealed, SEALED_SUPPLIER_SECRETS.boundTo(secretId));
  expect(await opened).toBe("their key");

  const columns = await db.$queryRaw<{ name: string }[]>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = current_schema() and column_name in ('sealed', 'secrets') order by 1`;
  expect(columns.map(({ name }) => name)).toEqual([
    ...["announced_links.sealed", "code_conflicts.sealed", "codes.sealed", "endpoints.secrets"],
    ...["inbox_messages.sealed", "payment_pages.sealed", "supplier_secrets.sealed"],
  ]);
});

it("says in a sentence that an outside key is missing", async () => {
  await storeSome(1);
  await db.dataKey.updateMany({ data: { wrappedBy: "k0" } });
  const { code, out, err } = await terminal.type(keysRotate, []);
  expect([code, out]).toEqual([1, ""]);
  expect(err).toBe(
    'A data key is wrapped by the key "k0", which isn\'t in KEYHOLD_SEALING_KEYS. ' +
      "Put it back behind the others; it can go after `keyhold keys rotate`.\n",
  );
});
