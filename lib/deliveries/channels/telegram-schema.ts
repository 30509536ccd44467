import { z } from "zod";
import { language, line } from "./fields-schema.ts";

/** Telegram takes 4,096 characters; names and ids that are filled in need room. */
export const LONGEST_TEMPLATE = 2000;

export const telegramConfigSchema = z.strictObject({
  /** A chat's number (of a group: negative), or a channel's @name. */
  chatId: z
    .string()
    .trim()
    .regex(/^(?:-?[1-9]\d{0,15}|@[A-Za-z]\w{3,31})$/, "chat_id"),
  /** A Bot API server of one's own; Telegram's unless set. */
  apiRoot: line(500)
    .regex(/^https?:\/\/[^\s?#@]+$/, "url")
    .refine((text) => URL.canParse(text), "url")
    .transform((text) => text.replace(/\/+$/, ""))
    .optional(),
  language,
  /** Plain text with {placeholders}; the language's own where there is none. */
  template: z
    .string()
    .trim()
    .min(1, "required")
    .max(LONGEST_TEMPLATE, "too_long")
    .regex(/^(?:[^\p{Cc}\p{Cs}]|\n)*$/u, "characters")
    .optional(),
});

/** As BotFather hands it out. */
export const telegramToken = z
  .string()
  .trim()
  .regex(/^\d{1,16}:[A-Za-z0-9_-]{10,100}$/, "token");

export const telegramSecretsSchema = z.strictObject({ token: telegramToken });

export const telegramSchema = z.object({
  config: telegramConfigSchema,
  secrets: telegramSecretsSchema,
});

export type TelegramConfig = z.infer<typeof telegramConfigSchema>;
export type TelegramSecrets = z.infer<typeof telegramSecretsSchema>;
