/** What became of the codes that the story brought, told by the verbs that people use. */
import { randomBytes } from "node:crypto";
import type { Actor } from "#lib/access/actor.ts";
import { beginImport } from "#lib/codes/begin-import.ts";
import type { HandOutAnswer } from "#lib/codes/give-codes.ts";
import { handOutCodes } from "#lib/codes/hand-out-codes.ts";
import type { NewClaimLink } from "#lib/codes/make-claim-link.ts";
import { markBad } from "#lib/codes/mark-bad.ts";
import { openClaimLink } from "#lib/codes/open-claim-link.ts";
import { replaceCode } from "#lib/codes/replace-code.ts";
import { setLowLine } from "#lib/codes/set-low-line.ts";
import { takeRows } from "#lib/codes/take-rows.ts";
import { watchExpiries } from "#lib/codes/watch-expiries.ts";
import { watchStock } from "#lib/codes/watch-stock.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import { hoursAgo } from "./hours-ago.ts";
import { ESIMS, type OwnGoods, VOUCHERS } from "./own-goods.ts";
import { proved } from "./proved.ts";

const REQUEST = { address: null, correlationId: null };
const HOUR_MS = 3_600_000;

export type People = { admin: Actor; operator: Actor };

/**
 * Goods of our own, links of which one was opened, two wait and one is over, a bad code with its complaint
 * and its replacement, and a product that runs low. Tells nothing where anybody has begun by himself.
 * @param forStock the order whose codes nobody has asked for yet
 * @param unclaimed the order whose customer never opened his link
 */
export async function tellInventory(
  runtime: Runtime,
  { admin, operator }: People,
  { forStock, unclaimed }: { forStock: string; unclaimed: string },
): Promise<void> {
  const { db } = runtime;
  if ((await db.handOut.count()) > 0 || (await db.codeImport.count()) > 0) return;
  const then = (hours: number) => hoursAgo(runtime, hours);

  await bringIn(then(24), operator, VOUCHERS);
  const { stockProductId } = await codeOf(runtime, forStock);
  await setLowLine(then(23), admin, { stockProductId, lowLine: 5 }, REQUEST);

  const late = await codeOf(runtime, unclaimed);
  await handOutCodes(
    then(20),
    proved(operator, then(20)),
    {
      way: "link",
      orderId: late.orderId,
      customerRef: late.customerRef,
      expiresInMs: 6 * HOUR_MS,
      note: "Sent by e-mail",
    },
    REQUEST,
  );

  const sold = given(
    await handOutCodes(
      then(9),
      proved(operator, then(9)),
      { way: "link", stockProductId, quantity: 1, customerRef: "SHOP-10428" },
      REQUEST,
    ),
  );
  await openClaimLink(then(8.8), { ...sold.link, pin: null }, REQUEST);
  await markBad(
    then(4),
    operator,
    {
      codeId: sold.codeId,
      reason: "The customer is told that it was redeemed already",
      complaint: {
        kind: "defective",
        evidence: "Ticket 5512: screenshot of the shop's answer, taken two minutes after opening",
      },
    },
    REQUEST,
  );
  await replaceCode(
    then(3.9),
    proved(operator, then(3.9)),
    { way: "link", codeId: sold.codeId, pin: "4711", note: "PIN told by phone" },
    REQUEST,
  );

  const voucher = await db.stockProduct.findFirstOrThrow({
    where: { supplierId: null, name: VOUCHERS.product.name },
  });
  await handOutCodes(
    then(2),
    proved(operator, then(2)),
    { way: "link", stockProductId: voucher.id, quantity: 2, customerRef: "SHOP-10442" },
    REQUEST,
  );
  await bringIn(then(1), admin, ESIMS);

  while ((await watchStock(runtime)) === "again");
  await watchExpiries(runtime);
}

async function bringIn(
  then: Runtime,
  actor: Actor,
  { product, source, cost, currency, rowsAt }: OwnGoods,
): Promise<void> {
  const rows = rowsAt(then.now());
  const id = then.newId();
  const digest = randomBytes(32).toString("hex");
  const facts = { id, product, source, digest, total: rows.length, anew: false, cost, currency };
  await beginImport(then, actor, facts, REQUEST);
  await takeRows(then, actor, id, rows, REQUEST);
}

/** A code of the chapter with this reference. */
async function codeOf(
  { db }: Runtime,
  clientRef: string,
): Promise<{ orderId: string; stockProductId: string; customerRef: string }> {
  const { orderId, stockProductId, customerRef } = await db.code.findFirstOrThrow({
    where: { order: { clientRef } },
  });
  if (orderId === null) throw new Error(`${clientRef} has no order.`);
  return { orderId, stockProductId, customerRef: customerRef ?? "" };
}

function given(answer: HandOutAnswer): { codeId: string; link: NewClaimLink } {
  if (answer.kind !== "handed_out") throw new Error(`Nothing was handed out: ${answer.kind}.`);
  const [code] = answer.codes;
  if (!code || !answer.link) throw new Error("There is no link.");
  return { codeId: code.id, link: answer.link };
}
