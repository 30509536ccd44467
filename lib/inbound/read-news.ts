import type { Log } from "#lib/platform/log.ts";
import type { SupplierAccount } from "#lib/suppliers/account.ts";
import type { News } from "#lib/suppliers/inbound.ts";

/** What a verified message says. An adapter should never throw; where it does, the message is kept all the same. */
export function readNews(log: Log, { slug, inbound }: SupplierAccount, raw: Buffer): News {
  try {
    return inbound?.read(raw) ?? { kind: "unreadable", why: "The account takes no messages." };
  } catch (error) {
    // Not its words: a parser's may quote what it choked on.
    const name = error instanceof Error ? error.name : typeof error;
    log.error({ supplier: slug, error: name }, "a message could not be read");
    return { kind: "unreadable", why: "Reading it broke off inside Keyhold." };
  }
}

/** The supplier's word for what happened; null where none can be read. */
export const eventOf = (news: News): string | null =>
  news.kind === "unreadable" ? null : news.event;
