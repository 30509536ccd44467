import type { Core } from "#lib/platform/core.ts";

/** An import as pages show it. */
export type ImportView = {
  id: string;
  productId: string;
  productName: string;
  region: string | null;
  source: string;
  /** Rows with something in them. */
  total: number;
  /** Taken into stock. */
  done: number;
  refused: number;
  /** What each code cost, decimal text. */
  cost: string | null;
  currency: string | null;
  begunBy: string;
  createdAt: string;
  finishedAt: string | null;
  stoppedAt: string | null;
};

/** What views are made of. */
export const importRow = {
  stockProduct: { select: { id: true, name: true, region: true } },
} as const;

type Row = NonNullable<Awaited<ReturnType<typeof readOne>>>;

const readOne = (db: Pick<Core["db"], "codeImport">, id: string) =>
  db.codeImport.findUnique({ where: { id }, include: importRow });

export function toImportView({ stockProduct, ...row }: Row): ImportView {
  return {
    id: row.id,
    productId: stockProduct.id,
    productName: stockProduct.name,
    region: stockProduct.region,
    source: row.source,
    total: row.total,
    done: row.done,
    refused: row.refused,
    cost: row.cost?.toFixed() ?? null,
    currency: row.currency,
    begunBy: row.actorName,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    stoppedAt: row.stoppedAt?.toISOString() ?? null,
  };
}

/** Null where there is none. */
export async function readImport(
  db: Pick<Core["db"], "codeImport">,
  id: string,
): Promise<ImportView | null> {
  const row = await readOne(db, id);
  return row && toImportView(row);
}
