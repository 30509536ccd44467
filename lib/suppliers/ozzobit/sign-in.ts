import { isObject } from "../http/is-object.ts";
import type { Api } from "../http/open-api.ts";
import type { Read } from "../http/outcome.ts";
import type { Json, Outcome } from "../port.ts";
import { tokenShape } from "./schema.ts";

/** A token is renewed so long before its end, or at half its life where that comes first. */
const RENEW_BEFORE_MS = 5 * 60_000;
/** Where neither the answer nor the token says how long it lives, which the papers don't either. */
const UNSTATED_LIFE_MS = 10 * 60_000;
const PATH = "/api/v2/auth/token";

type Token = { text: string; renewAt: number };

/** What a call is signed with, or why nothing can be sent. */
export type Bearer =
  | { kind: "bearer"; text: string; isFresh: boolean }
  | { kind: "none"; outcome: Outcome<never> };

export type SignIn = {
  /** `isFresh`: it was got for this call, so a refusal is not its age. */
  bearer(): Promise<Bearer>;
  /** The supplier refuses this one: the next call gets another. */
  forget(text: string): void;
  /** What must not be repeated to anybody. */
  secrets(): readonly string[];
};

/** The secret itself as Bearer. */
export function secretSignIn(secrets: { apiKey: string; apiSecret: string }): SignIn {
  return {
    bearer: async () => ({ kind: "bearer", text: secrets.apiSecret, isFresh: true }),
    forget: () => undefined,
    secrets: () => [secrets.apiSecret, secrets.apiKey],
  };
}

/** A token, got with key and secret, shared by all calls until shortly before its end. */
export function tokenSignIn(
  { apiKey, apiSecret }: { apiKey: string; apiSecret: string },
  post: Api["call"],
  now: () => Date,
): SignIn {
  let token: Token | null = null;
  /** The one before: an answer under way may still repeat it. */
  let former: string | null = null;
  let asking: Promise<Bearer> | null = null;

  async function ask(): Promise<Bearer> {
    const askedAt = now().getTime();
    const body = JSON.stringify({ apiKey, apiSecret });
    const outcome = await post({ path: PATH, body, isWrite: false }, (json) =>
      readToken(json, askedAt),
    );
    if (outcome.kind !== "accepted") return { kind: "none", outcome: notSigned(outcome) };
    former = token?.text ?? former;
    token = outcome.value;
    return { kind: "bearer", text: token.text, isFresh: true };
  }

  return {
    async bearer() {
      if (token && now().getTime() < token.renewAt) {
        return { kind: "bearer", text: token.text, isFresh: false };
      }
      asking ??= ask().finally(() => {
        asking = null;
      });
      return asking;
    },
    forget(text) {
      if (token?.text !== text) return;
      former = text;
      token = null;
    },
    secrets: () => [apiSecret, apiKey, token?.text ?? "", former ?? ""],
  };
}

/** Without a token the call itself was not sent, so it had no effect, however the asking for one ended. */
function notSigned(outcome: Exclude<Outcome<Token>, { kind: "accepted" }>): Outcome<never> {
  const timing = { firstByteAt: null, supplierClock: outcome.timing?.supplierClock ?? null };
  if (outcome.kind === "refused") {
    const { refusal } = outcome;
    // That there is no such address says nothing of an order.
    const isPlain = ["auth", "rate_limited", "transient"].includes(refusal.class);
    return {
      kind: "refused",
      refusal: isPlain ? refusal : { ...refusal, class: "auth" },
      timing,
    };
  }
  const detail = `no token was given: ${outcome.reason}`;
  return {
    kind: "refused",
    refusal: { class: "transient", code: null, detail, httpStatus: outcome.httpStatus },
    timing,
  };
}

function readToken(answer: Json, askedAt: number): Read<Token> {
  const inside = isObject(answer) && isObject(answer.data) ? answer.data : answer;
  const told = tokenShape.safeParse(inside);
  const text = told.success
    ? (told.data.token ?? told.data.accessToken ?? told.data.access_token)
    : null;
  // It stands in a header, so nothing but what may.
  if (!told.success || text === null || !/^[\x21-\x7e]+$/.test(text)) {
    return { ok: false, problem: "the answer holds no token" };
  }
  const { expiresAt, expiresIn, expires_in } = told.data;
  const seconds = Number(expiresIn ?? expires_in ?? Number.NaN);
  const endsAt = expiresAt?.getTime() ?? (seconds > 0 ? askedAt + seconds * 1_000 : endOf(text));
  const lifeMs = Math.max(0, (endsAt ?? askedAt + UNSTATED_LIFE_MS) - askedAt);
  const renewAt = askedAt + Math.max(lifeMs / 2, lifeMs - RENEW_BEFORE_MS);
  return { ok: true, value: { text, renewAt } };
}

/** What a JWT says of its own end. Its signature is the supplier's business. */
function endOf(token: string): number | null {
  try {
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    return typeof claims?.exp === "number" && claims.exp > 0 ? claims.exp * 1_000 : null;
  } catch {
    return null;
  }
}
