import {
  type InboxListFilter,
  matchingOf,
  readInboxFilter,
} from "#components/inbox/inbox-list-filter.ts";
import type { InboxView, MessageView } from "#components/inbox/inbox-view.ts";
import { can } from "#lib/access/actor.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import { readInbox } from "#lib/inbound/read-inbox.ts";
import { readMessage } from "#lib/inbound/read-message.ts";
import type { UserActor } from "./current-actor.ts";

/** A page of the inbox as its address asks for it. Throws `forbidden`. */
export async function inboxView(
  ctx: Runtime,
  actor: UserActor,
  query: URLSearchParams,
): Promise<InboxView> {
  const filter: InboxListFilter = readInboxFilter({
    state: query.get("state"),
    attention: query.get("attention"),
    supplier: query.get("supplier"),
    order: query.get("order"),
    after: query.get("after"),
  });
  const { messages, next, counts } = await readInbox(
    ctx,
    actor,
    matchingOf(filter),
    filter.after === null ? {} : { after: filter.after },
  );
  const may = { manage: can(actor, "suppliers.manage") };
  return { rows: messages, next, counts, may, readAt: ctx.now().toISOString() };
}

/** What one message's page shows; null when there is no such message. Throws `forbidden`. */
export async function messageView(
  ctx: Runtime,
  actor: UserActor,
  id: string,
): Promise<MessageView | null> {
  const message = await readMessage(ctx, actor, id);
  if (!message) return null;
  return {
    ...message,
    may: { manage: can(actor, "suppliers.manage"), see: can(actor, "orders.answers") },
    readAt: ctx.now().toISOString(),
  };
}
