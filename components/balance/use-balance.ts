"use client";

import type { ReadError } from "#components/live/read-json.ts";
import { useLive } from "#components/live/use-live.ts";
import { useShell } from "#components/shell/live-shell.tsx";
import type { BalancePage } from "#lib/balance/types.ts";

/** The balance as it was rendered, kept current; the main currency first, as in the top bar. */
export function useBalance(initial: BalancePage): {
  page: BalancePage;
  error: ReadError | null;
  retry: () => void;
} {
  const live = useLive<BalancePage>({ key: ["balance"], path: "/api/live/balance", initial });
  const main = useShell().state.balances[0]?.currency;
  const page = live.data ?? initial;
  const current = page.current.toSorted(
    (left, right) => Number(right.currency === main) - Number(left.currency === main),
  );
  return { page: { ...page, current }, error: live.error, retry: () => void live.refetch() };
}
