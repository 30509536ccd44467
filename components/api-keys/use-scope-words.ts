"use client";

import { useTranslations } from "next-intl";
import type { Scope } from "#lib/access/permissions.ts";

const WORDS = {
  "orders:write": "orders_write",
  "orders:read": "orders_read",
  "codes:read": "codes_read",
  "balance:read": "balance_read",
  "events:read": "events_read",
} as const satisfies Record<Scope, string>;

/** What a scope lets a key do, in words. */
export function useScopeWords(): (scope: Scope) => string {
  // i18n-use: apiKeys.scope.*
  const t = useTranslations("apiKeys.scope");
  return (scope) => t(WORDS[scope]);
}
