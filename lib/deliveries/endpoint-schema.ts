/** What an endpoint of each channel is set to, and what it keeps secret. */
import type { z } from "zod";
import { bullmqSchema } from "./channels/bullmq-schema.ts";
import { emailSchema } from "./channels/email-schema.ts";
import { redisStreamSchema } from "./channels/redis-stream-schema.ts";
import { sqsSchema } from "./channels/sqs-schema.ts";
import { telegramSchema } from "./channels/telegram-schema.ts";
import { webhookSchema } from "./channels/webhook-schema.ts";
import type { ChannelKind } from "./types.ts";

/** Each parses `{config, secrets}`; an issue's path begins with one of the two, its message is a key. */
export const channelSchemas = {
  webhook: webhookSchema,
  telegram: telegramSchema,
  email: emailSchema,
  redis_stream: redisStreamSchema,
  bullmq: bullmqSchema,
  sqs: sqsSchema,
} satisfies Record<ChannelKind, z.ZodType>;

type Schemas = typeof channelSchemas;
export type ChannelSettings = { [Kind in ChannelKind]: z.infer<Schemas[Kind]> };
/** What may be left out of a form. */
export type ChannelSettingsInput = { [Kind in ChannelKind]: z.input<Schemas[Kind]> };
export type ChannelConfig<Kind extends ChannelKind = ChannelKind> = ChannelSettings[Kind]["config"];
export type ChannelSecrets<Kind extends ChannelKind = ChannelKind> =
  ChannelSettings[Kind]["secrets"];

/** Throws a ZodError for what can't be an endpoint of this channel, with the field's path. */
export function parseSettings<Kind extends ChannelKind>(
  kind: Kind,
  config: unknown,
  secrets: unknown,
): ChannelSettings[Kind] {
  return channelSchemas[kind].parse({ config, secrets }) as ChannelSettings[Kind];
}
