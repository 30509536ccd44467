import type { OutboundGuard } from "#lib/platform/outbound-guard.ts";
import { openHttp } from "./channels/http-call.ts";
import { telegramApi } from "./channels/telegram-api.ts";
import { telegramRefusal } from "./channels/telegram-refusal.ts";
import { TRY_MS } from "./delivery-schedule.ts";
import { hideTexts } from "./redact-message.ts";
import type { ErrorKind } from "./types.ts";

export type TelegramChat = { id: string; title: string; type: string };

export type TelegramChats =
  | { kind: "chats"; chats: TelegramChat[] }
  | { kind: "failed"; errorKind: ErrorKind; answer: string };

const MOST = 100;

type Chat = {
  id: number;
  type: string;
  title?: string;
  first_name?: string;
  last_name?: string;
  username?: string;
};
/** Of the many kinds of updates, where a chat stands. */
type Update = Record<string, { chat?: Chat; message?: { chat?: Chat } } | undefined>;

/**
 * Chats in which the bot was spoken to or added lately, for a picker: Telegram has no list of all. The newest
 * first; what is read stays unread for others.
 */
export async function listTelegramChats(
  guard: OutboundGuard,
  { token, apiRoot }: { token: string; apiRoot?: string | undefined },
  signal: AbortSignal = AbortSignal.timeout(TRY_MS),
): Promise<TelegramChats> {
  const agent = openHttp(guard);
  try {
    const api = await telegramApi(agent, apiRoot ? { apiRoot } : {}, { token }, signal);
    const updates = await api.getUpdates({ limit: MOST, timeout: 0 });
    return { kind: "chats", chats: chatsOf(updates as unknown as Update[]) };
  } catch (error) {
    const { errorKind, answer } = telegramRefusal(error, signal);
    return { kind: "failed", errorKind, answer: hideTexts(answer, [token]) };
  } finally {
    await agent.destroy();
  }
}

function chatsOf(updates: Update[]): TelegramChat[] {
  const chats = updates
    .flatMap((update) => Object.values(update))
    .flatMap((part) => {
      const chat = part?.chat ?? part?.message?.chat;
      return chat ? [[String(chat.id), chat] as const] : [];
    })
    .reverse();
  const newest = new Map([...chats].reverse());
  return [...new Set(chats.map(([id]) => id))].flatMap((id) => {
    const chat = newest.get(id);
    return chat ? [{ id, title: titleOf(chat), type: chat.type }] : [];
  });
}

function titleOf({ id, title, first_name, last_name, username }: Chat): string {
  const person = [first_name, last_name].filter(Boolean).join(" ");
  return title || person || (username ? `@${username}` : String(id));
}
