import type { SendMessageCommandInput, SQSClient } from "@aws-sdk/client-sqs";
import type { Agent } from "undici";
import type { OutboundGuard } from "#lib/platform/outbound-guard.ts";
import type { Channel, Message, OpenEndpoint, SendOutcome } from "../channel.ts";
import { parseSettings } from "../endpoint-schema.ts";
import { redactMessage } from "../redact-message.ts";
import type { ErrorKind } from "../types.ts";
import { failureOf } from "./failure-of.ts";
import { openHttp } from "./http-call.ts";
import { keepOpen } from "./keep-open.ts";
import { sqsHandler } from "./sqs-handler.ts";
import { isFifo, type SqsConfig, type SqsSecrets } from "./sqs-schema.ts";

type Endpoint = OpenEndpoint<SqsConfig, SqsSecrets>;
type Opened = { agent: Agent; client: Promise<SQSClient> };

/**
 * Messages of a queue. A FIFO queue gets the event's id to drop repeats by (the delivery's, where it is sent again),
 * and the order as its group.
 */
export function sqsChannel(guard: OutboundGuard): Channel<SqsConfig, SqsSecrets> {
  const open = keepOpen(
    ({ config, secrets }: Endpoint): Opened => {
      const agent = openHttp(guard);
      return { agent, client: openClient(agent, config, secrets) };
    },
    ({ agent }) => agent.destroy(),
  );

  return {
    kind: "sqs",
    parse: (config, secrets) => parseSettings("sqs", config, secrets),
    describe: ({ queueUrl }) => queueUrl,
    send: (endpoint, message, signal) =>
      open.use(endpoint, async ({ client }) => {
        try {
          const { SendMessageCommand } = await import("@aws-sdk/client-sqs");
          const answer = await (await client).send(
            new SendMessageCommand(inputOf(endpoint.config, message)),
            { abortSignal: signal },
          );
          const status = answer.$metadata.httpStatusCode ?? null;
          return { kind: "accepted", status, answer: `message ${answer.MessageId}` };
        } catch (error) {
          return sqsOutcome(error, signal);
        }
      }),
    show({ config }, message) {
      return {
        to: config.endpoint ?? config.queueUrl,
        headers: { "x-amz-target": "AmazonSQS.SendMessage" },
        body: JSON.stringify(inputOf(config, redactMessage(message))),
      };
    },
    close: (endpointId) => open.close(endpointId),
  };
}

async function openClient(
  agent: Agent,
  { queueUrl, region, endpoint }: SqsConfig,
  credentials: SqsSecrets,
): Promise<SQSClient> {
  const { SQSClient } = await import("@aws-sdk/client-sqs");
  return new SQSClient({
    region,
    credentials,
    // Said in any case, so that no variable or file of the machine's says otherwise.
    endpoint: endpoint ?? new URL(queueUrl).origin,
    useQueueUrlAsEndpoint: false,
    // Trying again is ours, by the endpoint's plan.
    maxAttempts: 1,
    requestHandler: sqsHandler(agent),
  });
}

function inputOf(
  config: SqsConfig,
  { id, type, resendId, group, body }: Message,
): SendMessageCommandInput {
  const text = (value: string) => ({ DataType: "String", StringValue: value });
  return {
    QueueUrl: config.queueUrl,
    MessageBody: body,
    MessageAttributes: { id: text(id), type: text(type) },
    ...(isFifo(config) ? { MessageGroupId: group, MessageDeduplicationId: resendId ?? id } : {}),
  };
}

type ServiceError = Error & {
  $fault: "client" | "server";
  $metadata?: { httpStatusCode?: number };
  Code?: string;
};

function sqsOutcome(error: unknown, signal: AbortSignal): SendOutcome {
  if (!(error instanceof Error) || !("$fault" in error)) return failureOf(error, signal);
  const { name, message, $fault, $metadata } = error as ServiceError;
  const status = $metadata?.httpStatusCode ?? null;
  return {
    kind: "refused",
    errorKind: kindOf(name, $fault, status),
    status,
    answer: message ? `${name}: ${message}` : name,
  };
}

function kindOf(name: string, fault: "client" | "server", status: number | null): ErrorKind {
  if (/Throttl|TooManyRequests|LimitExceeded|SlowDown/i.test(name) || status === 429) {
    return "limited";
  }
  if (/QueueDoesNotExist|NonExistentQueue|InvalidAddress|UnsupportedOperation/.test(name)) {
    return "misconfigured";
  }
  if (/AccessDenied|Signature|Token|Credential|AuthFailure|OptInRequired/i.test(name)) {
    return "credentials";
  }
  if (fault === "server" || (status !== null && status >= 500)) return "broken";
  return status === 401 || status === 403 ? "credentials" : "refused";
}
