import { rootCertificates } from "node:tls";
import { createTransport, type SMTPPoolOptions } from "nodemailer";
import { ADDRESSED_EVENT_TYPES } from "#lib/events/types.ts";
import type { OutboundGuard } from "#lib/platform/outbound-guard.ts";
import type { Channel, Message, OpenEndpoint } from "../channel.ts";
import { parseSettings } from "../endpoint-schema.ts";
import { redactMessage } from "../redact-message.ts";
import { emailContent } from "./email-content.ts";
import { emailRefusal } from "./email-refusal.ts";
import type { EmailConfig, EmailSecrets } from "./email-schema.ts";
import { keepOpen } from "./keep-open.ts";

type Endpoint = OpenEndpoint<EmailConfig, EmailSecrets>;

const CONNECT_MS = 10_000;
/** Servers take a few from one client; more mail waits its turn. */
const CONNECTIONS = 5;
const IDLE_MS = 60_000;

/** Mail over SMTP, on connections that are kept for the next one. */
export function emailChannel(guard: OutboundGuard): Channel<EmailConfig, EmailSecrets> {
  const open = keepOpen(
    (endpoint: Endpoint) => createTransport(optionsOf(guard, endpoint)),
    async (transport) => transport.close(),
  );

  return {
    kind: "email",
    parse: (config, secrets) => parseSettings("email", config, secrets),
    describe: ({ to }) => to.join(", "),
    send: (endpoint, message, signal) =>
      open.use(endpoint, async (transport) => {
        try {
          const { response, rejected } = await transport.sendMail({
            ...mailOf(endpoint, message),
            signal,
          });
          const left = rejected.length > 0 ? `; not for ${rejected.join(", ")}` : "";
          return { kind: "accepted", status: statusOf(response), answer: `${response}${left}` };
        } catch (error) {
          return emailRefusal(error, signal);
        }
      }),
    show(endpoint, message) {
      const { headers, messageId, from, to, subject, text } = mailOf(
        endpoint,
        redactMessage(message),
      );
      const { host, port } = endpoint.config;
      return {
        to: `smtp://${host}:${port}`,
        headers: { ...headers, "Message-ID": messageId, From: from, To: to.join(", ") },
        body: `${subject}\n\n${text}`,
      };
    },
    close: (endpointId) => open.close(endpointId),
  };
}

function mailOf(endpoint: Endpoint, message: Message) {
  const { config, name } = endpoint;
  const domain = /@([^@>\s]+)>?$/.exec(config.from)?.[1] ?? "keyhold.invalid";
  return {
    ...emailContent(config, message, name),
    from: config.from,
    to: recipientsOf(config, message),
    // The same at every try: mail readers that know it show a repeat once.
    messageId: `<${message.id}@${domain}>`,
    date: message.at,
    headers: { "Auto-Submitted": "auto-generated", "X-Keyhold-Event": message.type },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** What is sent to one person, or to a supplier, goes there and not to whom this endpoint always leads. */
function recipientsOf({ to }: EmailConfig, { type, payload }: Message): string[] {
  if (!(ADDRESSED_EVENT_TYPES as readonly string[]).includes(type)) return to;
  const { address } = (payload.data.to ?? {}) as { address?: unknown };
  return typeof address === "string" ? [address] : to;
}

function optionsOf(
  guard: OutboundGuard,
  { config, secrets }: Endpoint,
): SMTPPoolOptions & { pool: true } {
  const { host, port, security, user, trustedCertificates } = config;
  const trusted =
    trustedCertificates === undefined ? {} : { ca: [...rootCertificates, trustedCertificates] };
  const tls = security === "tls";
  const securesLater = security === "starttls";
  return {
    pool: true,
    host,
    port,
    secure: tls,
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    tls: trusted,
    ...(user === undefined
      ? {}
      : { auth: { user, pass: secrets.password ?? "" }, forceAuth: true }),
    maxConnections: CONNECTIONS,
    idleTimeout: IDLE_MS,
    // Only what never left is sent again by itself, and the try's time limit holds for all of it.
    maxRequeues: 1,
    logger: false,
    getSocket: (_, done) => {
      guard
        .connect(host, port, "service", { tls, securesLater, timeoutMs: CONNECT_MS, ...trusted })
        .then(
          (connection) => done(null, { connection, secured: tls }),
          (error) => done(error),
        );
    },
  };
}

const statusOf = (response: string): number | null => {
  const code = Number(/^\d{3}/.exec(response)?.[0]);
  return code > 0 ? code : null;
};
