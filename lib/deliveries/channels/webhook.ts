import { Pool } from "undici";
import { UrlRefused } from "#lib/platform/outbound-errors.ts";
import type { OutboundGuard } from "#lib/platform/outbound-guard.ts";
import type { Channel, Message, OpenEndpoint, SendOutcome } from "../channel.ts";
import { parseSettings } from "../endpoint-schema.ts";
import { redactMessage } from "../redact-message.ts";
import { judgeStatus } from "./judge-status.ts";
import { keepOpen } from "./keep-open.ts";
import { postOnce } from "./post-once.ts";
import { retryAfterMs } from "./retry-after.ts";
import { signWebhook } from "./sign-webhook.ts";
import type { WebhookConfig, WebhookSecrets } from "./webhook-schema.ts";

type Endpoint = OpenEndpoint<WebhookConfig, WebhookSecrets>;

const HIDDEN = "[redacted]";
/** Of a path: longer ones are hardly words. */
const LONGEST_WORD = 15;
const CONNECT_MS = 10_000;
/** Shorter than servers keep them without saying so: a request must not meet one that is being closed. */
const KEEP_ALIVE_MS = 4_000;
/** Then new ones are made, and the name is looked up again. */
const CONNECTIONS_MS = 60_000;

/** Standard Webhooks over HTTP/1.1, on kept-alive connections of each endpoint's own. */
export function webhookChannel(
  guard: OutboundGuard,
  now: () => Date = () => new Date(),
): Channel<WebhookConfig, WebhookSecrets> {
  const open = keepOpen(
    ({ config }: Endpoint): Open => {
      const address = guard.checkUrl(config.url);
      const pool = new Pool(address.origin, {
        connect: guard.connector("webhook", CONNECT_MS),
        allowH2: false,
        pipelining: 1,
        keepAliveTimeout: KEEP_ALIVE_MS,
        keepAliveMaxTimeout: CONNECTIONS_MS,
        // The try's own time limit covers connecting, headers and body.
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      return { pool, path: address.path, openedAt: now() };
    },
    ({ pool }) => pool.destroy(),
  );

  return {
    kind: "webhook",
    parse: (config, secrets) => parseSettings("webhook", config, secrets),
    describe: ({ url }) => shownUrl(url),
    async send(endpoint, message, signal) {
      try {
        return await open.use(endpoint, async ({ pool, path, openedAt }, drop) => {
          if (now().getTime() - openedAt.getTime() > CONNECTIONS_MS) drop();
          const headers = { ...signedBy(endpoint, message, now()), ...headersOf(endpoint) };
          const posted = await postOnce(pool, { path, headers, body: message.body }, signal);
          if (posted.kind === "ended") return posted.outcome;
          const { status, retryAfter, text } = posted;
          return judgeStatus(status, text, retryAfterMs(retryAfter, now()));
        });
      } catch (error) {
        return urlRefused(error);
      }
    },
    show(endpoint, message) {
      const shown = headersOf(endpoint);
      for (const { name, isSecret } of endpoint.config.headers) {
        if (isSecret && shown[name] !== undefined) shown[name] = HIDDEN;
      }
      return {
        to: shownOnce(endpoint.config),
        headers: { "webhook-id": message.id, "webhook-signature": HIDDEN, ...shown },
        body: redactMessage(message).body,
      };
    },
    close: (endpointId) => open.close(endpointId),
  };
}

type Open = { pool: Pool; path: string; openedAt: Date };

/** With every secret that still holds. */
function signedBy({ secrets }: Endpoint, message: Message, at: Date) {
  const valid = secrets.signing.filter(
    ({ expiresAt }) => expiresAt === null || new Date(expiresAt) > at,
  );
  return signWebhook(
    message,
    at,
    valid.map(({ secret }) => secret),
  );
}

/** All but the signature's. The schema lets no header through that is ours; what is signed must not hang on that. */
function headersOf({ config, secrets }: Endpoint): Record<string, string> {
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "user-agent": "Keyhold-Webhooks/1.0",
  };
  for (const { name } of config.headers) {
    const value = Object.hasOwn(secrets.headers, name) ? secrets.headers[name] : undefined;
    if (value === undefined || name in headers || name.startsWith("webhook-")) continue;
    headers[name] = value;
  }
  return headers;
}

const shown = new WeakMap<WebhookConfig, string>();

/** Each try shows it, and parsing it anew each time would cost as much as signing does. */
function shownOnce(config: WebhookConfig): string {
  const known = shown.get(config) ?? shownUrl(config.url);
  shown.set(config, known);
  return known;
}

/** Values in a query are often what gives access; so is, at many hosts, what follows the first part of a path. */
function shownUrl(text: string): string {
  if (!URL.canParse(text)) return HIDDEN;
  const { origin, pathname: path, searchParams } = new URL(text);
  const [first = "", ...rest] = path.slice(1).split("/");
  const isLong = (part: string) => part.length > LONGEST_WORD;
  const pathname = isLong(first)
    ? "/…"
    : rest.length > 1 || rest.some(isLong)
      ? `/${first}/…`
      : path;
  const names = [...new Set(searchParams.keys())].map((name) => `${name}=${HIDDEN}`);
  return `${origin}${pathname}${names.length > 0 ? `?${names.join("&")}` : ""}`;
}

function urlRefused(error: unknown): SendOutcome {
  if (!(error instanceof UrlRefused)) throw error;
  const isAddress = error.reason === "not_public" || error.reason === "local_name";
  return {
    kind: "failed",
    errorKind: isAddress ? "address_refused" : "misconfigured",
    status: null,
    answer: error.message,
  };
}
