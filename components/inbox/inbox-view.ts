import type { LivePage } from "#components/live/settle-rows.ts";
import type { InboxCounts, InboxMessageView, InboxRow } from "#lib/inbound/types.ts";

type Rights = { may: { manage: boolean } };

/** What the inbox shows: plain JSON, times as ISO text, never a message's bytes. */
export type InboxView = LivePage<InboxRow> & Rights & { counts: InboxCounts };

/** What one message's page shows; `sees` is whether its masked body is for whoever asks. */
export type MessageView = InboxMessageView & {
  may: { manage: boolean; see: boolean };
  readAt: string;
};
