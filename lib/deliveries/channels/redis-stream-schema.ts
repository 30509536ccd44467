import { z } from "zod";
import { line } from "./fields-schema.ts";
import { redisConnection, redisSecretsSchema } from "./redis-schema.ts";

export const redisStreamConfigSchema = z.strictObject({
  ...redisConnection,
  /** The stream's. */
  key: line(256),
  /** About so many entries are kept, the newest. */
  maxLen: z.int().min(1, "number").max(100_000_000, "number").default(100_000),
});

export const redisStreamSchema = z.object({
  config: redisStreamConfigSchema,
  secrets: redisSecretsSchema,
});

export type RedisStreamConfig = z.infer<typeof redisStreamConfigSchema>;
