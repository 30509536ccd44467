import { createHmac } from "node:crypto";
import type { TelegramConfig, TelegramSecrets } from "./telegram-schema.ts";
import type { TelegramText } from "./telegram-text.ts";

const NOTE = /^(\d{1,4})\/(\d{1,4}) ([\w-]{22})$/;
const DIGEST_LENGTH = 22;

export type Parts = {
  /** How many of them went out before. */
  done: number;
  /** To be noted when so many have. */
  noteOf(done: number): string;
};

/**
 * Where to go on with a text of several parts. A note counts for the very text, chat and server that it was
 * made of: with other words, another part would be the missing one, and elsewhere all are. It is keyed with the token, so that nobody can try
 * out which codes the text had.
 */
export function partsOf(
  { chatId, apiRoot }: TelegramConfig,
  { token }: TelegramSecrets,
  text: TelegramText,
  noted: string | null,
): Parts {
  const digest = createHmac("sha256", token)
    .update(JSON.stringify([apiRoot ?? null, chatId, text.parts, text.buttons]))
    .digest("base64url")
    .slice(0, DIGEST_LENGTH);
  const total = text.parts.length;
  const [, done, of, known] = NOTE.exec(noted ?? "") ?? [];
  const isOfThis = known === digest && Number(of) === total && Number(done) < total;
  return {
    done: isOfThis ? Number(done) : 0,
    noteOf: (now) => `${now}/${total} ${digest}`,
  };
}
