import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createOutboundGuard } from "#lib/platform/outbound-guard.ts";
import type { OpenEndpoint } from "../channel.ts";
import { EXAMPLE_ID, exampleMessage, messageWithCodes } from "../testing/example-message.ts";
import { freePort } from "../testing/free-port.ts";
import { openSqsServer, type SqsServer } from "../testing/sqs-server.ts";
import { sqsChannel } from "./sqs.ts";
import type { SqsConfig, SqsSecrets } from "./sqs-schema.ts";

const guard = createOutboundGuard({ allowPrivate: true, privateHosts: [] });
const channel = sqsChannel(guard);
const patience = () => AbortSignal.timeout(5_000);

let sqs: SqsServer;
const fakes: Server[] = [];

function endpointTo(
  queueUrl: string,
  config: Record<string, unknown> = {},
  id = queueUrl,
): OpenEndpoint<SqsConfig, SqsSecrets> {
  const secrets = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "canary-secret-access-key" };
  return {
    id,
    name: "Queue",
    version: "1",
    ...channel.parse({ queueUrl, region: "ap-south-1", ...config }, secrets),
  };
}

async function endpointOf(name: string) {
  const { queueUrl, ...config } = await sqs.queue(name);
  return endpointTo(queueUrl, config);
}

async function answering(status: number, type: string, message: string): Promise<string> {
  const server = createServer((_, response) => {
    const body = JSON.stringify({ __type: `com.amazonaws.sqs#${type}`, message });
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(body);
  });
  fakes.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/1/orders`;
}

describe("sqsChannel", () => {
  beforeAll(async () => {
    sqs = await openSqsServer();
  });
  afterEach(async () => {
    await channel.close();
    for (const server of fakes.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });
  afterAll(() => sqs.stop());

  it("sends the very body, and what it is as attributes", async () => {
    const message = exampleMessage();
    const outcome = await channel.send(await endpointOf("orders"), message, patience());
    expect(outcome).toMatchObject({ kind: "accepted", status: 200 });
    expect(await sqs.messages("orders")).toEqual([
      {
        body: message.body,
        attributes: { id: EXAMPLE_ID, type: "order.completed" },
        group: null,
        dedupe: null,
      },
    ]);
  });

  it("has a FIFO queue drop repeats by the event's id and order by the order", async () => {
    const message = exampleMessage();
    const endpoint = await endpointOf("orders.fifo");
    for (let times = 0; times < 3; times++) {
      expect(await channel.send(endpoint, message, patience())).toMatchObject({ kind: "accepted" });
    }
    expect(await sqs.messages("orders.fifo")).toEqual([
      expect.objectContaining({ body: message.body, group: message.group, dedupe: EXAMPLE_ID }),
    ]);
  });

  it("has a FIFO queue take what is sent again on purpose, once", async () => {
    const endpoint = await endpointOf("again.fifo");
    const first = exampleMessage();
    const again = { ...first, resendId: "019aa000-0000-7000-8000-0000000000f1" };
    for (const message of [first, again, again]) {
      expect(await channel.send(endpoint, message, patience())).toMatchObject({ kind: "accepted" });
    }
    expect((await sqs.messages("again.fifo")).map(({ dedupe }) => dedupe)).toEqual([
      EXAMPLE_ID,
      again.resendId,
    ]);
  });

  it("asks whom it is set to ask, whatever the machine is set to", async () => {
    process.env.AWS_ENDPOINT_URL_SQS = "http://127.0.0.1:1";
    process.env.AWS_ENDPOINT_URL = "http://127.0.0.1:1";
    try {
      const { endpoint } = await sqs.queue("elsewhere");
      const elsewhere = endpointTo("https://sqs.ap-south-1.amazonaws.com/1/unknown", { endpoint });
      expect(await channel.send(elsewhere, exampleMessage(), patience())).toMatchObject({
        kind: "refused",
        errorKind: "misconfigured",
        answer: expect.stringContaining("QueueDoesNotExist"),
      });
      const itself = endpointTo(await answering(400, "InvalidMessageContents", "here"));
      expect(await channel.send(itself, exampleMessage(), patience())).toMatchObject({
        answer: expect.stringContaining("here"),
      });
    } finally {
      delete process.env.AWS_ENDPOINT_URL_SQS;
      delete process.env.AWS_ENDPOINT_URL;
    }
  });

  it.each([
    [403, "InvalidClientTokenId", "credentials"],
    [403, "SignatureDoesNotMatch", "credentials"],
    [403, "AccessDeniedException", "credentials"],
    [400, "RequestThrottled", "limited"],
    [400, "InvalidMessageContents", "refused"],
    [503, "ServiceUnavailable", "broken"],
  ])("tells %i %s as %s", async (status, type, errorKind) => {
    const url = await answering(status, type, "for a reason");
    expect(await channel.send(endpointTo(url), exampleMessage(), patience())).toMatchObject({
      kind: "refused",
      errorKind,
      status,
      answer: expect.stringContaining("for a reason"),
    });
  });

  it("tries once, tells where nobody listens, and takes no more than its time", async () => {
    const closed = endpointTo(`http://127.0.0.1:${await freePort()}/1/orders`);
    expect(await channel.send(closed, exampleMessage(), patience())).toMatchObject({
      kind: "failed",
      errorKind: "connect",
    });
    let asked = 0;
    const time = new AbortController();
    const silent = createServer(() => {
      asked += 1;
      time.abort();
    });
    fakes.push(silent);
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", () => resolve()));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/1/orders`;
    expect(await channel.send(endpointTo(url), exampleMessage(), time.signal)).toMatchObject({
      kind: "failed",
      errorKind: "timeout",
    });
    expect(asked).toBe(1);
  });

  it("never connects to a private address that the configuration doesn't name", async () => {
    const strict = sqsChannel(createOutboundGuard({ allowPrivate: false, privateHosts: [] }));
    const outcome = await strict.send(await endpointOf("orders"), exampleMessage(), patience());
    expect(outcome).toMatchObject({ kind: "failed", errorKind: "address_refused" });
  });

  it("shows what it sends without keys and codes", () => {
    const endpoint = endpointTo("https://sqs.ap-south-1.amazonaws.com/000000000000/orders.fifo");
    const shown = channel.show(endpoint, messageWithCodes(["CANARY-1"]));
    expect(JSON.parse(shown.body)).toMatchObject({
      MessageDeduplicationId: EXAMPLE_ID,
      MessageGroupId: exampleMessage().group,
    });
    expect(JSON.stringify(shown)).not.toMatch(/canary/i);
  });
});
