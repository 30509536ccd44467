import type { ChannelKind } from "#lib/deliveries/types.ts";

/** A field of a channel's form; its words are `endpoints.field.<key>.*`. */
export type ChannelField = {
  /** As the channel's settings call it. */
  key: string;
  kind: "text" | "number" | "choice" | "flag" | "lines" | "addresses" | "secret";
  /** May be left empty. */
  optional?: true;
  /** What it begins with. */
  initial?: string;
  placeholder?: string;
  choices?: readonly string[];
  /** Stands among what few need. */
  rare?: true;
  /** Short: two stand on a line. */
  short?: true;
};

const CERTIFICATES: ChannelField = {
  key: "trustedCertificates",
  kind: "lines",
  optional: true,
  rare: true,
  placeholder: "-----BEGIN CERTIFICATE-----",
};
const LANGUAGE: ChannelField = {
  key: "language",
  kind: "choice",
  choices: ["en", "hi"],
  initial: "en",
  short: true,
};
const REDIS: readonly ChannelField[] = [
  { key: "host", kind: "text", placeholder: "redis.example.com", short: true },
  { key: "port", kind: "number", initial: "6379", short: true },
  { key: "user", kind: "text", optional: true, short: true },
  { key: "password", kind: "secret", optional: true, short: true },
  { key: "tls", kind: "flag", initial: "1" },
];
const REDIS_RARE: readonly ChannelField[] = [
  { key: "db", kind: "number", initial: "0", rare: true, short: true },
  CERTIFICATES,
];

export const channelFields: Record<ChannelKind, readonly ChannelField[]> = {
  webhook: [{ key: "url", kind: "text", placeholder: "https://shop.example.com/hooks/keyhold" }],
  telegram: [
    { key: "token", kind: "secret", placeholder: "123456789:AAE…" },
    { key: "chatId", kind: "text", placeholder: "-1001234567890", short: true },
    LANGUAGE,
    { key: "template", kind: "lines", optional: true, rare: true },
    {
      key: "apiRoot",
      kind: "text",
      optional: true,
      rare: true,
      placeholder: "https://api.telegram.org",
    },
  ],
  email: [
    { key: "host", kind: "text", placeholder: "smtp.example.com", short: true },
    { key: "port", kind: "number", initial: "465", short: true },
    {
      key: "security",
      kind: "choice",
      choices: ["tls", "starttls", "none"],
      initial: "tls",
      short: true,
    },
    LANGUAGE,
    { key: "user", kind: "text", optional: true, short: true },
    { key: "password", kind: "secret", optional: true, short: true },
    { key: "from", kind: "text", placeholder: "Keyhold <keyhold@example.com>" },
    { key: "to", kind: "addresses", placeholder: "orders@example.com, night@example.com" },
    CERTIFICATES,
  ],
  redis_stream: [
    ...REDIS,
    { key: "key", kind: "text", initial: "keyhold:events", short: true },
    { key: "maxLen", kind: "number", initial: "100000", short: true },
    ...REDIS_RARE,
  ],
  bullmq: [
    ...REDIS,
    { key: "queue", kind: "text", initial: "keyhold-events", short: true },
    { key: "jobName", kind: "text", initial: "keyhold", short: true },
    { key: "prefix", kind: "text", initial: "bull", rare: true, short: true },
    { key: "attempts", kind: "number", initial: "3", rare: true, short: true },
    { key: "keepDays", kind: "number", initial: "7", rare: true, short: true },
    ...REDIS_RARE,
  ],
  sqs: [
    {
      key: "queueUrl",
      kind: "text",
      placeholder: "https://sqs.eu-central-1.amazonaws.com/123456789012/keyhold.fifo",
    },
    { key: "region", kind: "text", placeholder: "eu-central-1", short: true },
    { key: "accessKeyId", kind: "secret", placeholder: "AKIA…", short: true },
    { key: "secretAccessKey", kind: "secret", short: true },
    { key: "endpoint", kind: "text", optional: true, rare: true },
  ],
};
