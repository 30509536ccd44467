import type { Api as GrammyApi } from "grammy";
import type { Dispatcher } from "undici";
import { UnusableAnswer } from "./failure-of.ts";
import { callHttp } from "./http-call.ts";
import type { TelegramConfig, TelegramSecrets } from "./telegram-schema.ts";

export const TELEGRAM_ROOT = "https://api.telegram.org";

/** Longer than any try: the signal ends those. */
const GRAMMY_SECONDS = 60;

/** grammY's client for one call or a few, all within `signal`, over our own guarded connections. */
export async function telegramApi(
  dispatcher: Dispatcher,
  { apiRoot }: Pick<TelegramConfig, "apiRoot">,
  { token }: TelegramSecrets,
  signal: AbortSignal,
): Promise<GrammyApi> {
  const { Api } = await import("grammy");
  const fetch = async (url: unknown, init?: { method?: string; body?: unknown }) => {
    const answer = await callHttp(dispatcher, String(url), {
      method: init?.method === "GET" ? "GET" : "POST",
      headers: { "content-type": "application/json" },
      ...(typeof init?.body === "string" ? { body: init.body } : {}),
      signal,
    });
    return { json: async () => parse(answer.body, answer.status) };
  };
  return new Api(token, {
    apiRoot: apiRoot ?? TELEGRAM_ROOT,
    timeoutSeconds: GRAMMY_SECONDS,
    // Of all that `fetch` is, grammY uses this.
    fetch: fetch as unknown as NonNullable<
      ConstructorParameters<typeof GrammyApi>[1]
    >["fetch"] as never,
  });
}

/** Something between us and Telegram may answer with a page of its own; its status says what it means. */
function parse(body: string, status: number): unknown {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    json = null;
  }
  if (typeof json === "object" && json !== null && "ok" in json) return json;
  if (status < 400)
    throw new UnusableAnswer("answer_unreadable", "its answer is not one of the Bot API");
  return { ok: false, error_code: status, description: body.slice(0, 500) };
}
