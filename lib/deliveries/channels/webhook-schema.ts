import { z } from "zod";
import { line } from "./fields-schema.ts";

export const MOST_HEADERS = 10;
const LONGEST_URL = 2048;
const LONGEST_HEADER = 1024;
/** The new one, and the one that still holds while receivers change over. */
const MOST_SIGNING_SECRETS = 2;

/** Ours, or the connection's. */
const RESERVED_HEADERS =
  /^(?:webhook-.*|svix-.*|proxy-.*|sec-.*|host|content-.*|transfer-encoding|connection|keep-alive|upgrade|te|trailer|expect|accept-encoding|user-agent|cookie|forwarded|x-forwarded-.*|http2-settings)$/;

const headerName = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, "required")
  .max(64, "too_long")
  .regex(/^[a-z0-9!#$%&'*+.^_`|~-]+$/, "header_name")
  .refine((name) => !RESERVED_HEADERS.test(name), "header_reserved");

/** Visible ASCII, since nothing else comes through everywhere. */
const headerValue = z
  .string()
  .trim()
  .min(1, "required")
  .max(LONGEST_HEADER, "too_long")
  .regex(/^[\x20-\x7e]*$/, "characters");

export const webhookConfigSchema = z.strictObject({
  /** Where it may lead is for the outbound guard to say. */
  url: line(LONGEST_URL).refine((text) => URL.canParse(text), "url"),
  /** Sent with each message; their values are all kept sealed, and those of secret ones never shown. */
  headers: z
    .array(z.strictObject({ name: headerName, isSecret: z.boolean().default(true) }))
    .max(MOST_HEADERS, "too_many")
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "header_twice")
    .default([]),
});

export const webhookSecretsSchema = z.strictObject({
  /** The newest first. A message is signed with each that has not expired. */
  signing: z
    .array(
      z.strictObject({
        id: z.uuid(),
        secret: z.string().regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, "signing_secret"),
        createdAt: z.iso.datetime(),
        expiresAt: z.iso.datetime().nullable(),
      }),
    )
    .min(1, "required")
    .max(MOST_SIGNING_SECRETS, "too_many"),
  headers: z.record(headerName, headerValue).default({}),
});

export const webhookSchema = z
  .object({ config: webhookConfigSchema, secrets: webhookSecretsSchema })
  .superRefine(({ config, secrets }, context) => {
    config.headers.forEach(({ name }, index) => {
      if (secrets.headers[name] !== undefined) return;
      context.addIssue({
        code: "custom",
        path: ["config", "headers", index, "value"],
        message: "required",
      });
    });
  });

export type WebhookConfig = z.infer<typeof webhookConfigSchema>;
export type WebhookSecrets = z.infer<typeof webhookSecretsSchema>;
