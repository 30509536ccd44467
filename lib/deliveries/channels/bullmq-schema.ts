import { z } from "zod";
import { line } from "./fields-schema.ts";
import { redisConnection, redisSecretsSchema } from "./redis-schema.ts";

/** BullMQ builds its keys with colons. */
const name = line(128).regex(/^[^:]+$/, "colon");

export const bullmqConfigSchema = z.strictObject({
  ...redisConnection,
  queue: name,
  jobName: name.default("keyhold"),
  prefix: line(128).default("bull"),
  /** How often its worker tries a job. */
  attempts: z.int().min(1, "number").max(100, "number").default(3),
  /** What is done is kept so long: a message told twice in that time is one job. */
  keepDays: z.int().min(1, "number").max(90, "number").default(7),
});

export const bullmqSchema = z.object({ config: bullmqConfigSchema, secrets: redisSecretsSchema });

export type BullmqConfig = z.infer<typeof bullmqConfigSchema>;
