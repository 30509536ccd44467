import type { AuditFacts } from "#lib/audit/append-audit-entry.ts";

/** Of one value: addresses and paths are shorter, and nobody reads more in a list of changes. */
const LONGEST_FACT = 200;

/**
 * What an audit entry says of how an account is configured: each value under its path, as `paths.create`.
 * Secrets aren't part of a configuration; of a sign-in or query that somebody wrote into an address nothing
 * is told either. Pure.
 */
export function accountFacts(name: string, config: unknown): AuditFacts {
  return { name, ...Object.fromEntries(leavesOf(config, [])) };
}

function leavesOf(value: unknown, path: string[]): [string, AuditFacts[string]][] {
  if (typeof value === "object" && value !== null) {
    const parts = Object.entries(value).map(([key, part]) => [keyOf(key, part), part] as const);
    return parts.flatMap(([key, part]) => leavesOf(part, [...path, key]));
  }
  const plain = typeof value === "string" ? withoutSecrets(value) : value;
  return [[path.join("."), plain as AuditFacts[string]]];
}

/** A product by what it is ordered by, so that one that goes doesn't change those behind it. */
function keyOf(key: string, part: unknown): string {
  if (typeof part !== "object" || part === null || !/^\d+$/.test(key)) return key;
  const { sku, id } = part as Record<string, unknown>;
  return typeof sku === "string" ? sku : typeof id === "string" ? id : key;
}

const withoutSecrets = (text: string): string =>
  text
    .replace(/\/\/[^/@\s]*@/g, "//…@")
    .replace(/\?.*/s, "?…")
    .slice(0, LONGEST_FACT);
