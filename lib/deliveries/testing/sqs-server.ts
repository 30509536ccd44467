import type { AddressInfo } from "node:net";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { buildApp } from "fauxqs";
import { request } from "undici";

export type SqsMessage = {
  body: string;
  attributes: Record<string, string>;
  group: string | null;
  dedupe: string | null;
};

export type SqsServer = {
  /** Makes a queue; what its endpoint is set to. */
  queue(name: string): Promise<{ queueUrl: string; endpoint: string; region: string }>;
  messages(name: string): Promise<SqsMessage[]>;
  stop(): Promise<void>;
};

/** Queues live in one: what is signed for another finds none. */
const REGION = "ap-south-1";

type Inspected = {
  messages: {
    ready: {
      body: string;
      messageAttributes: Record<string, { StringValue?: string }>;
      messageGroupId?: string;
      messageDeduplicationId?: string;
    }[];
  };
};

/** fauxqs on loopback: an SQS that nobody here wrote. */
export async function openSqsServer(): Promise<SqsServer> {
  const app = buildApp({ logger: false, host: "localhost", defaultRegion: REGION });
  await app.listen({ port: 0, host: "127.0.0.1" });
  const endpoint = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "any" };
  const client = new SQSClient({ region: REGION, endpoint, credentials });
  return {
    async queue(name) {
      const isFifo = name.endsWith(".fifo");
      const made = await client.send(
        new CreateQueueCommand({
          QueueName: name,
          ...(isFifo ? { Attributes: { FifoQueue: "true" } } : {}),
        }),
      );
      return { queueUrl: made.QueueUrl ?? "", endpoint, region: REGION };
    },
    async messages(name) {
      const answer = await request(`${endpoint}/_fauxqs/queues/${encodeURIComponent(name)}`);
      const { messages } = (await answer.body.json()) as Inspected;
      return messages.ready.map((message) => ({
        body: message.body,
        attributes: Object.fromEntries(
          Object.entries(message.messageAttributes).map(([key, value]) => [
            key,
            value.StringValue ?? "",
          ]),
        ),
        group: message.messageGroupId ?? null,
        dedupe: message.messageDeduplicationId ?? null,
      }));
    },
    async stop() {
      client.destroy();
      await app.close();
    },
  };
}
