import type { SendOutcome } from "../channel.ts";
import type { ErrorKind } from "../types.ts";
import { failureOf } from "./failure-of.ts";

/** Whoever threw a bot out doesn't want to hear of it. */
const GONE =
  /bot was blocked|bot was kicked|user is deactivated|group chat was deleted|chat was deleted/i;
const MISCONFIGURED =
  /chat not found|chat_id is empty|have no rights|not enough rights|CHAT_WRITE_FORBIDDEN|not a member|upgraded to a supergroup/i;

type Refused = {
  error_code: number;
  description: string;
  parameters?: { retry_after?: number; migrate_to_chat_id?: number };
};

/** What the Bot API's refusal means, or the error of a call that got no answer. */
export function telegramRefusal(
  error: unknown,
  signal: AbortSignal,
): Exclude<SendOutcome, { kind: "accepted" }> {
  if (!isRefused(error)) return failureOf(error, signal);
  const { error_code: status, description, parameters } = error;
  const moved = parameters?.migrate_to_chat_id;
  const wait = parameters?.retry_after;
  return {
    kind: "refused",
    errorKind: kindOf(status, description),
    status,
    answer: moved === undefined ? description : `${description} (its new id: ${moved})`,
    ...(typeof wait === "number" && wait >= 0 ? { waitMs: wait * 1000 } : {}),
  };
}

function isRefused(error: unknown): error is Refused {
  return error instanceof Error && error.name === "GrammyError" && "error_code" in error;
}

function kindOf(status: number, description: string): ErrorKind {
  if (status === 429) return "limited";
  if (GONE.test(description)) return "gone";
  if (MISCONFIGURED.test(description)) return "misconfigured";
  // An unknown token is told as one and as the other.
  if (status === 401 || status === 404) return "credentials";
  return status >= 500 ? "broken" : "refused";
}
