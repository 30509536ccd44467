import type { Core } from "#lib/platform/core.ts";
import { clearSystemSignal } from "#lib/signals/system-signals.ts";
import { endOrphans } from "./sweep-deliveries.ts";

/**
 * Ends what waits for endpoints that are off: something may have been announced in the very moment. And ends what was said of endpoints that are deleted, switched off or on again, by whatever way that came about.
 * What their tries say is told where these are recorded.
 */
export async function watchEndpoints(core: Core): Promise<void> {
  await endOrphans(core);
  const over = await core.db.$queryRaw<
    { key: "endpoint_failing" | "endpoint_disabled"; subject: string }[]
  >`
    select s.key, s.subject from system_signals s
    left join endpoints e on e.id::text = s.subject
    where s.cleared_at is null and (
      s.key = 'endpoint_failing'
        and (e.id is null or e.deleted_at is not null or e.disabled_at is not null or e.warned_at is null)
      or s.key = 'endpoint_disabled' and (e.id is null or e.deleted_at is not null or e.disabled_at is null))`;
  for (const { key, subject } of over) {
    await core.db.$transaction((tx) => clearSystemSignal(tx, core, key, subject));
  }
}
