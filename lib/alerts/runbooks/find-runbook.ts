import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { ALERT_KINDS, type AlertKind } from "../alert-policy.ts";
import { shippedRunbook } from "./shipped-runbook.ts";
import { RUNBOOK_LOCALES, type RunbookLocale, type RunbookView } from "./types.ts";

export type RunbookName = { kind: AlertKind; locale: RunbookLocale };

/** A runbook's id in the audit log. */
export const runbookId = ({ kind, locale }: RunbookName): string => `${kind}/${locale}`;

/** Throws `not_found`. */
export function requireRunbook({ kind, locale }: { kind: string; locale: string }): RunbookName {
  const known = RUNBOOK_LOCALES.find((one) => one === locale);
  if (!known || !Object.hasOwn(ALERT_KINDS, kind)) {
    throw new KeyholdError("not_found", `runbook ${kind}/${locale}`);
  }
  return { kind: kind as AlertKind, locale: known };
}

/** As it stands: edited, or as shipped. */
export async function findRunbook(
  db: Pick<Tx, "runbook" | "auditEntry">,
  name: RunbookName,
): Promise<RunbookView> {
  const { kind, locale } = name;
  const row = await db.runbook.findUnique({ where: { kind_locale: { kind, locale } } });
  if (row) {
    const { markdown, version, updatedBy, updatedAt } = row;
    return {
      ...{ kind, markdown, version, updatedBy, isEdited: true },
      updatedAt: updatedAt.toISOString(),
    };
  }
  // Counted on past a restored one, so that no version comes twice.
  const version = await db.auditEntry.count({
    where: { objectKind: "runbook", objectId: runbookId(name) },
  });
  const markdown = await shippedRunbook(kind, locale);
  return { kind, markdown, version, isEdited: false, updatedBy: null, updatedAt: null };
}
