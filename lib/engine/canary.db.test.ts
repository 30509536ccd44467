/**
 * Marked codes flow through everything that Keyhold does with codes. Only those sinks may have them that
 * exist to show them; logs, the database, notifications and whatever pages read may not.
 */
import { randomUUID } from "node:crypto";
import { afterAll, expect, it, vi } from "vitest";
import { beginImport } from "#lib/codes/begin-import.ts";
import { checkRows } from "#lib/codes/check-rows.ts";
import { findCode } from "#lib/codes/find-code.ts";
import { findStockProducts } from "#lib/codes/find-stock-products.ts";
import { handOutCodes } from "#lib/codes/hand-out-codes.ts";
import { parseRows } from "#lib/codes/import-input.ts";
import { MOST_CHARS_PER_CALL } from "#lib/codes/import-policy.ts";
import { markBad } from "#lib/codes/mark-bad.ts";
import { openClaimLink } from "#lib/codes/open-claim-link.ts";
import { peekClaimLink } from "#lib/codes/peek-claim-link.ts";
import { readCode } from "#lib/codes/read-code.ts";
import { listCodes } from "#lib/codes/read-codes.ts";
import { readComplaints } from "#lib/codes/read-complaints.ts";
import { listImports, readImportProblems } from "#lib/codes/read-imports.ts";
import { readStock } from "#lib/codes/read-stock.ts";
import { replaceCode } from "#lib/codes/replace-code.ts";
import { revealCode } from "#lib/codes/reveal-code.ts";
import { takeRows } from "#lib/codes/take-rows.ts";
import { runDoctor } from "#lib/doctor/run-doctor.ts";
import { listOrders } from "#lib/orders/read-orders.ts";
import { openSupplier } from "#lib/orders/simulated.fixture.ts";
import { readOverview } from "#lib/overview/read-overview.ts";
import type { Json } from "#lib/platform/json.ts";
import { createLog } from "#lib/platform/log.ts";
import { listen } from "#lib/platform/notify.ts";
import { readOrderPage } from "#lib/reconcile/read-order-page.ts";
import { readSupplierOrders } from "#lib/reconcile/read-supplier-orders.ts";
import { dumpOf } from "#prisma/dump.fixture.ts";
import { testActor } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { canary, leaks } from "./canary.fixture.ts";

const { db, url, drop } = await createTestDatabase();
afterAll(drop);

const REQUEST = { address: "192.0.2.7", correlationId: "canary-0123456789" };
const PIN = "730194";

/** Every text of a supplier's codes that is long enough to be told from everything else. */
function secretsIn(codes: Json): string[] {
  if (typeof codes === "string") {
    return codes.length < 11 || codes.includes("smdp.example") ? [] : [codes];
  }
  return typeof codes === "object" && codes !== null ? Object.values(codes).flatMap(secretsIn) : [];
}

it("marked codes are where they are meant to be, and nowhere else", {
  timeout: 90_000,
}, async () => {
  const lines: string[] = [];
  const log = createLog("trace", [], (line) => lines.push(line));
  const topics: string[] = [];
  const ear = listen(url, log, (topic) => topics.push(topic));
  await vi.waitFor(() => expect(topics).toEqual(["engine"]), { timeout: 15_000 });

  // From the supplier, in each shape that it delivers.
  const supplier = await openSupplier(db);
  supplier.ctx.log = log;
  const { ctx } = supplier;
  const orders: string[] = [];
  for (const slug of SHAPES) {
    orders.push(await supplier.place(slug, { quantity: 2, customerRef: "canary" }));
  }
  for (let step = 0; step < 6; step++) {
    for (const orderId of orders) await supplier.work(orderId);
    supplier.advance(5_000);
  }
  const delivered = secretsIn(
    (await supplier.truth()).orders.flatMap(({ items }) => items.map(({ codes }) => codes)) as Json,
  );
  expect(delivered.length).toBeGreaterThan(SHAPES.length);
  expect(await db.code.count()).toBe(SHAPES.length * 2);

  // From a file, in each of its columns; taken, refused, broken off.
  const operator = testActor();
  const marks = ["CODE", "PIN", "SERIAL", "NOTE", "REFUSED", "TWIN", "BROKEN"].map(canary);
  const [code = "", pin = "", serial = "", note = "", refused = "", twin = "", broken = ""] = marks;
  const link = `https://redeem.example/${canary("URL")}`;
  const rows = [
    {
      row: 1,
      code,
      pin,
      serial,
      url: link,
      expiry: "2099-01-31",
      others: [["Note", note]] as [string, string][],
    },
    { row: 2, code: refused, expiry: `never ${refused}` },
    { row: 3, code: twin },
    { row: 4, code: twin },
    { row: 5, code: canary("SPARE") },
  ];
  const importId = randomUUID();
  const product = { name: "Canary cards", region: null };
  const wanted = {
    id: importId,
    product,
    source: "canary.csv",
    digest: "c".repeat(64),
    total: 9,
    anew: false,
    cost: "1",
    currency: "USD",
  };
  await beginImport(ctx, operator, wanted, REQUEST);
  await checkRows(ctx, operator, importId, rows, REQUEST);
  await db.$executeRaw`alter table codes add constraint full_disk check (false) not valid`;
  await expect(takeRows(ctx, operator, importId, rows, REQUEST).catch(tell)).rejects.toThrow(
    "full_disk",
  );
  await db.$executeRaw`alter table codes drop constraint full_disk`;
  expect(() =>
    tellThrown(() => parseRows([{ row: 1, code: broken.repeat(MOST_CHARS_PER_CALL) }, broken])),
  ).toThrow();
  expect(await takeRows(ctx, operator, importId, rows, REQUEST)).toMatchObject({
    done: 3,
    refused: 2,
  });
  const imported = await db.code.findMany({ where: { importId }, orderBy: { position: "asc" } });
  const [first, second] = imported;
  if (!first || !second) throw new Error("no codes");

  // Out, by each way there is; and by none where it is refused.
  await expect(
    revealCode(ctx, operator, first.id, `for ${code}`, REQUEST).catch(tell),
  ).rejects.toThrow();
  await expect(
    revealCode(ctx, testActor("viewer"), first.id, "curious", REQUEST).catch(tell),
  ).rejects.toThrow();
  const revealed = await revealCode(ctx, operator, first.id, "asked on the phone", REQUEST);
  await findCode(ctx, operator, code, REQUEST);
  const give = { customerRef: "canary-customer", note: "by letter" };
  const byLink = await handOutCodes(
    ctx,
    operator,
    { ...give, codeIds: [first.id], way: "link", pin: PIN },
    REQUEST,
  );
  const bySlip = await handOutCodes(
    ctx,
    operator,
    { ...give, codeIds: [second.id], way: "slip", reason: "handed over by letter" },
    REQUEST,
  );
  if (byLink.kind !== "handed_out" || !byLink.link || bySlip.kind !== "handed_out")
    throw new Error("not given");
  const { id, secret } = byLink.link;
  await openClaimLink(ctx, { id, secret: `${secret.slice(0, -1)}_`, pin: PIN }, REQUEST);
  await openClaimLink(ctx, { id, secret, pin: "000000" }, REQUEST);
  const standing = await peekClaimLink(ctx, { id, secret }, REQUEST.address);
  const claimed = await openClaimLink(ctx, { id, secret, pin: PIN }, REQUEST);
  await expect(
    markBad(ctx, operator, { codeId: second.id, reason: `${twin} doesn't work` }, REQUEST).catch(
      tell,
    ),
  ).rejects.toThrow();
  await markBad(ctx, operator, { codeId: second.id, reason: "Said to be used already" }, REQUEST);
  const replaced = await replaceCode(ctx, operator, { codeId: second.id, way: "link" }, REQUEST);
  // A row that was tampered with, and one whose place shows something else now.
  await expect(
    revealCode(
      { ...ctx, sealer: deaf(ctx.sealer) },
      operator,
      first.id,
      "once more",
      REQUEST,
    ).catch(tell),
  ).rejects.toThrow();

  const reads: unknown[] = [standing, replaced.kind];
  const admin = testActor("admin");
  for (const orderId of orders) reads.push(await readOrderPage(ctx, admin, orderId));
  for (const row of await db.code.findMany()) reads.push(await readCode(ctx, admin, row.id));
  reads.push(
    await listCodes(ctx, admin, {}),
    await readStock(ctx, admin, {}),
    await readComplaints(ctx, admin, {}),
    await listImports(ctx, admin),
    await readImportProblems(ctx, admin, importId),
    await findStockProducts(ctx, admin, "canary"),
    await listOrders(ctx, admin, {}),
    await readOverview(ctx, admin, { timeZone: "UTC" }),
    await readSupplierOrders(ctx, admin, {}),
    await runDoctor(ctx),
  );
  await ear.close();

  const secrets = [...delivered, ...marks, link, ...rows.map((row) => row.code), secret];
  const sinks = {
    dump: await dumpOf(db),
    log: lines.join("\n"),
    reads: JSON.stringify(reads),
    topics: topics.join("\n"),
  };
  expect(lines.length).toBeGreaterThan(5);
  expect(topics).toContain("codes");
  expect(sinks.dump).toContain("canary.csv");
  expect(sinks.reads).toContain("canary.csv");
  for (const [sink, text] of Object.entries(sinks)) {
    const found = leaks(secrets, text);
    expect(found, `in the ${sink}`).toEqual([]);
  }
  // The search finds what is there: those who may have it.
  const shown = JSON.stringify([revealed, claimed, bySlip]);
  const meant = [code, pin, serial, note, link, twin];
  expect(leaks(meant, shown)).toEqual(meant);
  expect(leaks(meant, Buffer.from(shown).toString("base64"))).toEqual(meant);

  function tell(error: unknown): never {
    log.error({ err: error }, "a request failed");
    throw error;
  }
  function tellThrown(act: () => unknown): unknown {
    try {
      return act();
    } catch (error) {
      return tell(error);
    }
  }
});

/** Products of the simulator's, one for each shape of delivery. */
const SHAPES = ["test-plain-codes", "test-codes-as-objects", "test-code-pin-and-serial"];

/** Opens nothing any more, as where a row was tampered with. */
function deaf<Sealer extends { open: (sealed: string, boundTo: string) => Promise<string> }>(
  sealer: Sealer,
): Sealer {
  return { ...sealer, open: (sealed, boundTo) => sealer.open(`${sealed.slice(0, -2)}AA`, boundTo) };
}
