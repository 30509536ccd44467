import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { telegramSchema } from "./channels/telegram-schema.ts";
import { completeSecrets } from "./complete-secrets.ts";
import type { EndpointContext } from "./endpoint-context.ts";
import { type EndpointProblem, problemsOf } from "./endpoint-input.ts";
import { findEndpoint } from "./find-endpoint.ts";
import { listTelegramChats } from "./list-telegram-chats.ts";
import { openEndpoint } from "./open-endpoint.ts";
import { vetTargets } from "./vet-targets.ts";

export type FoundChats =
  | Awaited<ReturnType<typeof listTelegramChats>>
  | { kind: "invalid"; problems: EndpointProblem[] };

/** Any chat will do to see whether the rest is right. */
const SOME_CHAT = "1";

/**
 * The chats that have written to a bot lately, for somebody to choose one. `id` where an endpoint has its token
 * already. Throws `forbidden` or `not_found`.
 */
export async function findChats(
  ctx: EndpointContext,
  actor: Actor,
  wish: { id?: string | undefined; token?: string | undefined; apiRoot?: string | undefined },
): Promise<FoundChats> {
  requirePermission(actor, "endpoints.manage");
  const row = wish.id === undefined ? null : await findEndpoint(ctx.db, wish.id);
  const kept = row?.channel === "telegram" ? await openEndpoint(ctx, row) : null;
  const config = { chatId: SOME_CHAT, ...(wish.apiRoot ? { apiRoot: wish.apiRoot } : {}) };
  const given = wish.token ? { token: wish.token } : {};
  const { secrets, problems } = completeSecrets(ctx, "telegram", config, given, kept);
  const parsed = telegramSchema.safeParse({ config, secrets });
  if (!parsed.success)
    return { kind: "invalid", problems: [...problems, ...problemsOf(parsed.error)] };
  const vetted = await vetTargets(ctx, "telegram", parsed.data.config);
  if (problems.length + vetted.length > 0) {
    return { kind: "invalid", problems: [...problems, ...vetted] };
  }
  const { apiRoot } = parsed.data.config;
  return listTelegramChats(ctx.guard, {
    token: parsed.data.secrets.token,
    ...(apiRoot ? { apiRoot } : {}),
  });
}
