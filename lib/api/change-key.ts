import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { SCOPES } from "#lib/access/permissions.ts";
import { requireRecentProof } from "#lib/access/proof.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { type KeyChange, type KeyChangeField, keyChangeSchema } from "./key-input.ts";
import { LONGEST_KEY_DAYS } from "./key-policy.ts";
import { requireRights } from "./require-rights.ts";
import { type KeyBounds, widensKey } from "./widens-key.ts";

const DAY_MS = 86_400_000;

export type ChangeKeyResult = { kind: "saved" } | { kind: "invalid"; fields: KeyChangeField[] };

/**
 * Calls a key otherwise, or bounds it otherwise; it holds from the next request on. Scopes only ever become fewer:
 * whoever knows the secret was given no more. Whoever lets it reach further than before has to be one who could make
 * it. Throws `forbidden`, `proof_needed`, `not_found`, or `conflict` where it is over or lacks a scope already.
 */
export async function changeKey(
  core: Core,
  actor: Actor,
  input: unknown,
  request: RequestFacts,
): Promise<ChangeKeyResult> {
  requirePermission(actor, "api_keys.manage");
  requireRecentProof(core, actor);
  const parsed = keyChangeSchema.safeParse(input);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path }) => (path[0] ?? "id") as KeyChangeField);
    return { kind: "invalid", fields: [...new Set(fields)] };
  }
  const { id, ...wish } = parsed.data;
  const now = core.now();
  if (!isEndInTime(wish.expiresAt, now)) return { kind: "invalid", fields: ["expiresAt"] };
  return core.db.$transaction(async (tx): Promise<ChangeKeyResult> => {
    await tx.$queryRaw`select id from api_keys where id = ${id}::uuid for no key update`;
    const row = await tx.apiKey.findUnique({ where: { id } });
    if (!row) throw new KeyholdError("not_found", `key ${id}`);
    if (row.revokedAt || (row.expiresAt && row.expiresAt <= now)) {
      throw new KeyholdError("conflict", `key ${id} is over`);
    }
    const before = { ...row, scopes: SCOPES.filter((scope) => row.scopes.includes(scope)) };
    const after = boundsAfter(before, wish);
    if (!after.scopes.every((scope) => before.scopes.includes(scope))) {
      throw new KeyholdError("conflict", `key ${id} would get another scope`);
    }
    if (widensKey(before, after)) {
      const spendPerDay = row.spendPerDay as Record<string, string>;
      // Apart from itself it counts beside his others: here nothing has leaked that must be replaced.
      const itself = { id, seenById: null };
      await requireRights(tx, core, actor, { scopes: after.scopes, spendPerDay }, itself);
    }
    const [was, is] = [factsOf(before), factsOf(after)];
    const changed = FACTS.filter((fact) => was[fact] !== is[fact]);
    if (changed.length === 0) return { kind: "saved" };
    const of = (facts: Facts) => Object.fromEntries(changed.map((fact) => [fact, facts[fact]]));
    await tx.apiKey.update({
      where: { id },
      data: { ...after, scopes: [...after.scopes], allowedFrom: [...after.allowedFrom] },
    });
    await appendAuditEntry(tx, core, actor, {
      action: "api_key.changed",
      objectKind: "api_key",
      objectId: id,
      details: { name: after.name, prefix: row.prefix },
      ...{ before: of(was), after: of(is) },
      ...request,
    });
    return { kind: "saved" };
  });
}

const isEndInTime = (expiresAt: string | null | undefined, now: Date): boolean => {
  if (!expiresAt) return true;
  const leftMs = Date.parse(expiresAt) - now.getTime();
  return leftMs > 0 && leftMs <= LONGEST_KEY_DAYS * DAY_MS;
};

function boundsAfter(before: KeyBounds, wish: Partial<KeyChange>): KeyBounds {
  const { name, scopes, allowedFrom, ratePerMinute, expiresAt } = wish;
  const end = expiresAt ? new Date(expiresAt) : null;
  return {
    name: name ?? before.name,
    scopes: scopes ?? before.scopes,
    allowedFrom: allowedFrom ?? before.allowedFrom,
    ratePerMinute: ratePerMinute ?? before.ratePerMinute,
    expiresAt: expiresAt === undefined ? before.expiresAt : end,
  };
}

const FACTS = ["name", "scopes", "allowedFrom", "ratePerMinute", "expiresAt"] as const;
type Facts = ReturnType<typeof factsOf>;

/** As the audit tells it. */
const factsOf = ({ name, scopes, allowedFrom, ratePerMinute, expiresAt }: KeyBounds) => ({
  ...{ name, ratePerMinute, scopes: scopes.join(" "), allowedFrom: allowedFrom.join(" ") || null },
  expiresAt: expiresAt?.toISOString() ?? null,
});
