import type { LivePage } from "#components/live/settle-rows.ts";
import type { AuditChainState, AuditRow } from "#lib/audit/types.ts";

/** What the audit log shows: plain JSON, times as ISO text. */
export type AuditView = LivePage<AuditRow> & { chain: AuditChainState; may: { export: boolean } };
