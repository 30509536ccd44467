import type { Scope } from "#lib/access/permissions.ts";
import { isNetWithin } from "#lib/platform/address-net.ts";

/** What of a key may be changed. */
export type KeyBounds = {
  name: string;
  scopes: readonly Scope[];
  allowedFrom: readonly string[];
  ratePerMinute: number;
  expiresAt: Date | null;
};

/** Whether a key can do more than before, whoever has it: for longer, from elsewhere, or more often. */
export function widensKey(before: KeyBounds, after: KeyBounds): boolean {
  const isFromAnywhere = after.allowedFrom.length === 0;
  const reaches = (net: string) => isNetWithin(net, before.allowedFrom);
  return (
    after.ratePerMinute > before.ratePerMinute ||
    (before.expiresAt !== null &&
      (after.expiresAt === null || after.expiresAt > before.expiresAt)) ||
    (before.allowedFrom.length > 0 && (isFromAnywhere || !after.allowedFrom.every(reaches)))
  );
}
