import { isObject } from "../http/is-object.ts";
import type { Api } from "../http/open-api.ts";
import type { Read } from "../http/outcome.ts";
import type { Json, Outcome, SignIn } from "../port.ts";
import { tokenShape } from "./schema.ts";

/** A token is renewed so long before its end, or at half its life where that comes first. */
const RENEW_BEFORE_MS = 5 * 60_000;
/** Where neither the answer nor the token says how long it lives, which the papers don't either. */
const UNSTATED_LIFE_MS = 10 * 60_000;
const PATH = "/api/v2/auth/token";
const NOT_ASKED: Outcome<never> = {
  kind: "refused",
  refusal: {
    class: "transient",
    code: null,
    detail: "there is no token to sign with yet",
    httpStatus: null,
  },
  timing: { firstByteAt: null, supplierClock: null },
};

type Token = { text: string; renewAt: number; hasWorked: boolean };

/** What a call is signed with, or why nothing can be sent. */
export type Bearer = { kind: "bearer"; text: string } | { kind: "none"; outcome: Outcome<never> };

export type Signing = {
  /** Null where there is nothing to be asked for. */
  signIn: SignIn | null;
  bearer(): Bearer;
  /** How a call that was signed with it was answered. `ended`: it worked before, and is refused now. */
  note(text: string, httpStatus: number | null): "ended" | null;
  /** What must not be repeated to anybody. */
  secrets(): readonly string[];
};

/** The secret itself as Bearer. */
export function secretSigning(secrets: { apiKey: string; apiSecret: string }): Signing {
  return {
    signIn: null,
    bearer: () => ({ kind: "bearer", text: secrets.apiSecret }),
    note: () => null,
    secrets: () => [secrets.apiSecret, secrets.apiKey],
  };
}

/** A token, got with key and secret, shared by all calls until shortly before its end. */
export function tokenSigning(
  { apiKey, apiSecret }: { apiKey: string; apiSecret: string },
  post: Api["call"],
  now: () => Date,
): Signing {
  let token: Token | null = null;
  /** The one before: an answer under way may still repeat it. */
  let former: string | null = null;
  let failure: Outcome<never> = NOT_ASKED;

  async function ask(): Promise<Outcome<null>> {
    const askedAt = now().getTime();
    const body = JSON.stringify({ apiKey, apiSecret });
    const outcome = await post({ path: PATH, body, isWrite: false }, (json) =>
      readToken(json, askedAt),
    );
    if (outcome.kind !== "accepted") {
      failure = notSigned(outcome);
      return failure;
    }
    former = token?.text ?? former;
    token = outcome.value;
    return { ...outcome, value: null };
  }

  return {
    signIn: { isDue: () => token === null || now().getTime() >= token.renewAt, ask },
    bearer: () =>
      token ? { kind: "bearer", text: token.text } : { kind: "none", outcome: failure },
    note(text, httpStatus) {
      const isCurrent = token?.text === text;
      if (httpStatus !== 401) {
        if (token && isCurrent) token.hasWorked = true;
        return null;
      }
      // One that somebody replaced meanwhile has ended too.
      if (!token || !isCurrent) return "ended";
      const { hasWorked } = token;
      former = text;
      token = null;
      failure = NOT_ASKED;
      return hasWorked ? "ended" : null;
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
  return { ok: true, value: { text, renewAt, hasWorked: false } };
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
