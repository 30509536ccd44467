import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { requireRecentProof } from "#lib/access/proof.ts";
import type { Core } from "#lib/platform/core.ts";
import { csvLine } from "#lib/platform/csv.ts";
import { type AuditEntryInput, appendAuditEntry } from "./append-audit-entry.ts";
import { readRows } from "./read-audit-log.ts";
import type { AuditFilter, AuditRow } from "./types.ts";

export const EXPORT_FORMATS = ["csv", "jsonl"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const PART = 1_000;

const COLUMNS = [
  "seq",
  "at",
  "actorKind",
  "actorId",
  "actorName",
  "action",
  "objectKind",
  "objectId",
  "reason",
  "details",
  "before",
  "after",
  "address",
  "agent",
  "correlationId",
  "hash",
] as const satisfies readonly (keyof AuditRow)[];

/**
 * The entries that fit, newest first, as text in parts; that they leave is noted before the first of them does.
 * Throws `forbidden` or `proof_needed`.
 */
export async function exportAuditLog(
  core: Pick<Core, "db" | "now">,
  actor: Actor,
  { filter, format }: { filter: AuditFilter; format: ExportFormat },
  request: Pick<AuditEntryInput, "address" | "agent" | "correlationId">,
): Promise<AsyncGenerator<string>> {
  requireExport(core, actor);
  const asked = Object.entries(filter).filter(([, value]) => value !== null);
  await core.db.$transaction((tx) =>
    appendAuditEntry(tx, core, actor, {
      action: "audit.exported",
      objectKind: "audit",
      objectId: "log",
      details: { format, ...Object.fromEntries(asked) },
      ...request,
    }),
  );
  return write(core, filter, format);
}

/** What an export takes, for whoever asks before he begins one. Throws `forbidden` or `proof_needed`. */
export function requireExport(core: Pick<Core, "now">, actor: Actor): void {
  requirePermission(actor, "audit.export");
  requireRecentProof(core, actor);
}

async function* write(
  core: Pick<Core, "db">,
  filter: AuditFilter,
  format: ExportFormat,
): AsyncGenerator<string> {
  if (format === "csv") yield csvLine(COLUMNS);
  const lineOf = format === "csv" ? csvOf : jsonOf;
  let before: bigint | null = null;
  while (true) {
    const rows: AuditRow[] = await readRows(core, filter, before, PART);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(lineOf).join("");
    if (rows.length < PART) return;
    before = BigInt(last.seq);
  }
}

const csvOf = (row: AuditRow): string =>
  csvLine(
    COLUMNS.map((column) => {
      const value = row[column];
      return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
    }),
  );

const jsonOf = ({ id: _, ...row }: AuditRow): string => `${JSON.stringify(row)}\n`;
