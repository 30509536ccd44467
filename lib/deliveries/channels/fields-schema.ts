/** Fields that several channels share. An issue's message is a key that forms put into words. */
import { z } from "zod";

export const MESSAGE_LANGUAGES = ["en", "hi"] as const;
/** Of what people read: mail and Telegram. */
export type MessageLanguage = (typeof MESSAGE_LANGUAGES)[number];

const LONGEST_HOST = 253;
const LONGEST_SECRET = 512;
const LONGEST_PEM = 16_384;

/** What can stand in one line of a protocol: no control characters, no half ones. */
export const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1, "required")
    .max(longest, "too_long")
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, "characters");

/** A password or key: kept as it is, spaces too. */
export const secretText = z
  .string()
  .min(1, "required")
  .max(LONGEST_SECRET, "too_long")
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, "characters");

/** A name or an IP address, without scheme, port or path. */
export const host = z
  .string()
  .trim()
  .toLowerCase()
  .transform((text) => text.replace(/^\[(.*)\]$/, "$1"))
  .pipe(
    z
      .string()
      .min(1, "required")
      .max(LONGEST_HOST, "too_long")
      .regex(/^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.|$))+$|^[0-9a-f:.]*:[0-9a-f:.]*$/, "host"),
  );

export const port = z.int().min(1, "port").max(65_535, "port");
export const language = z.enum(MESSAGE_LANGUAGES).default("en");

/** Certificates (PEM) that are trusted besides the well-known ones, for servers of one's own. */
export const trustedCertificates = z
  .string()
  .trim()
  .max(LONGEST_PEM, "too_long")
  .regex(/^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----$/, "certificate")
  .optional();
