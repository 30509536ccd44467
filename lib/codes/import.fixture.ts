/** Imports on a test database: files of codes that no other test has. */
import { createHash } from "node:crypto";
import type { Db } from "#lib/platform/db.ts";
import { scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { beginImport } from "./begin-import.ts";
import { openCode, placeOf } from "./code-seal.ts";
import type { NewImport } from "./import-input.ts";
import type { ImportRow } from "./import-policy.ts";
import { takeRows } from "./take-rows.ts";

export const REQUEST = { address: "192.0.2.7", correlationId: "0123456789" };

export async function openImports(db: Db) {
  const ctx = await testContext(db, scriptedSupplier());
  const actor = testActor();
  let files = 0;

  /** What a person would begin with; each call is another file. */
  function file(total: number, facts: Partial<NewImport> = {}): NewImport {
    const id = ctx.newId();
    files++;
    return {
      id,
      product: { name: `Gift card ${files}`, region: null },
      source: "july.csv",
      digest: createHash("sha256").update(id).digest("hex"),
      total,
      anew: false,
      cost: "4.5",
      currency: "USD",
      ...facts,
    };
  }
  const begin = (wanted: NewImport, who = actor) => beginImport(ctx, who, wanted, REQUEST);
  const stored = (importId: string) =>
    db.code.findMany({ where: { importId }, orderBy: { position: "asc" } });

  return {
    ctx,
    actor,
    file,
    begin,
    async begun(total: number): Promise<NewImport> {
      const wanted = file(total);
      await begin(wanted);
      return wanted;
    },
    take: (importId: string, rows: ImportRow[], on = ctx) =>
      takeRows(on, actor, importId, rows, REQUEST),
    /** Values of the latest file's own. */
    rowsOf: (count: number, from = 0): ImportRow[] =>
      Array.from({ length: count }, (_, at) => ({
        row: from + at,
        code: `file${files}-code-${from + at}`,
      })),
    stored,
    async values(importId: string): Promise<string[]> {
      const codes = await stored(importId);
      const plain = codes.map((code) => openCode(ctx.sealer, placeOf(code), code.sealed));
      return (await Promise.all(plain)).map(({ value }) => value);
    },
    async trail(objectId: string) {
      const entries = await db.auditEntry.findMany({
        where: { objectKind: "import", objectId },
        orderBy: { seq: "asc" },
      });
      return entries.map(({ action, details }) => ({ action, details }));
    },
  };
}
