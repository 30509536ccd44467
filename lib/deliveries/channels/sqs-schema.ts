import { z } from "zod";
import { line, secretText } from "./fields-schema.ts";

const address = line(1024)
  .regex(/^https?:\/\/[^\s?#@]+$/, "url")
  .refine((text) => URL.canParse(text), "url");

export const sqsConfigSchema = z.strictObject({
  /** As AWS shows it. A name that ends in .fifo makes it a FIFO queue, here as there. */
  queueUrl: address.regex(/^https?:\/\/[^/]+\/.*[A-Za-z0-9_-]+(?:\.fifo)?$/, "queue_url"),
  region: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z]{2,}(?:-[a-z]+)+-\d{1,2}$/, "region"),
  /** Where it is asked, if not at the queue's own address: for gateways and emulators. */
  endpoint: address.optional(),
});

export const sqsSecretsSchema = z.strictObject({
  accessKeyId: line(128),
  secretAccessKey: secretText,
});

export const sqsSchema = z.object({ config: sqsConfigSchema, secrets: sqsSecretsSchema });

export type SqsConfig = z.infer<typeof sqsConfigSchema>;
export type SqsSecrets = z.infer<typeof sqsSecretsSchema>;

/** FIFO queues keep a group's messages in order and drop what they took within five minutes. */
export const isFifo = ({ queueUrl }: Pick<SqsConfig, "queueUrl">): boolean =>
  queueUrl.endsWith(".fifo");
