import { z } from "zod";
import { host, language, line, port, secretText, trustedCertificates } from "./fields-schema.ts";

export const MOST_RECIPIENTS = 20;

/** `tls` from the first byte (port 465), `starttls` or nothing (587), or `none` at all. */
export const MAIL_SECURITY = ["tls", "starttls", "none"] as const;

const address = z.email("email").max(254, "too_long");
/** `shop@example.com`, or `Shop <shop@example.com>`. */
const sender = line(320).refine((text) => {
  const named = /^[^<>",;:@()[\]\\]+<([^<>]+)>$/.exec(text);
  return address.safeParse(named?.[1] ?? text).success;
}, "email");

export const emailConfigSchema = z
  .strictObject({
    host,
    port,
    security: z.enum(MAIL_SECURITY),
    /** To sign in with; without one nothing is signed in. */
    user: line(254).optional(),
    from: sender,
    to: z.array(address).min(1, "required").max(MOST_RECIPIENTS, "too_many"),
    language,
    trustedCertificates,
  })
  .refine(({ user, security }) => user === undefined || security !== "none", {
    path: ["security"],
    error: "password_in_the_open",
  });

export const emailSecretsSchema = z.strictObject({ password: secretText.optional() });

export const emailSchema = z
  .object({ config: emailConfigSchema, secrets: emailSecretsSchema })
  .refine(({ config, secrets }) => config.user === undefined || secrets.password !== undefined, {
    path: ["secrets", "password"],
    error: "required",
  });

export type EmailConfig = z.infer<typeof emailConfigSchema>;
export type EmailSecrets = z.infer<typeof emailSecretsSchema>;
