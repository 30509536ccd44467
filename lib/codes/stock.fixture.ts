import { v7 } from "uuid";
import type { Db } from "#lib/platform/db.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import type { CodeState } from "./lifecycle.ts";

type ProductFacts = Partial<Prisma.StockProductUncheckedCreateInput>;

/** Goods of our own. */
export function createStockProduct(db: Db, facts: ProductFacts = {}) {
  const id = facts.id ?? v7();
  return db.stockProduct.create({
    data: { name: `Card ${id}`, createdAt: new Date(), ...facts, id },
  });
}

export type CodeFacts = Partial<Omit<Prisma.CodeUncheckedCreateInput, "state">> & {
  stockProductId: string;
  state?: CodeState;
};

/**
 * Codes with the states and references given, of an import unless they say an item; their seal opens for
 * nobody. Answers their ids, oldest first.
 */
export async function createCodes(db: Db, count: number, facts: CodeFacts): Promise<string[]> {
  const source = facts.itemId
    ? { itemId: facts.itemId, orderId: facts.orderId ?? null }
    : { importId: await createImport(db, facts.stockProductId, count) };
  const now = new Date();
  const state = facts.state ?? "available";
  const forSomebody = state === "reserved" || state === "handed_out";
  const customerRef = facts.customerRef ?? (forSomebody ? "shop-1" : null);
  const handOutId =
    facts.handOutId ?? (state === "handed_out" ? await createHandOut(db, customerRef ?? "") : null);
  const codes = Array.from({ length: count }, (_, position) => ({
    position,
    isMock: false,
    sealed: "v2|k1|n|c|t",
    blindIndex: v7(),
    mask: "•••• 1234",
    stateChangedAt: now,
    storedAt: now,
    ...facts,
    ...source,
    id: facts.id ?? v7(),
    state,
    customerRef,
    handOutId,
  }));
  await db.code.createMany({ data: codes });
  return codes.map(({ id }) => id);
}

async function createImport(db: Db, stockProductId: string, total: number): Promise<string> {
  const id = v7();
  await db.codeImport.create({
    data: {
      id,
      stockProductId,
      source: "stock.csv",
      fingerprint: id,
      total,
      done: total,
      actorKind: "job",
      actorName: "fixture",
      createdAt: new Date(),
      finishedAt: new Date(),
    },
  });
  return id;
}

export async function createHandOut(db: Db, customerRef: string): Promise<string> {
  const id = v7();
  await db.handOut.create({
    data: {
      id,
      customerRef,
      way: "link",
      actorKind: "job",
      actorName: "fixture",
      createdAt: new Date(),
    },
  });
  return id;
}
