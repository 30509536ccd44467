import { Agent, type Dispatcher, request } from "undici";
import type { OutboundGuard } from "#lib/platform/outbound-guard.ts";
import { UnusableAnswer } from "./failure-of.ts";

/** Of an answer of Telegram's or SQS's; theirs are some hundred bytes. */
const MOST_READ = 64 * 1024;
const CONNECT_MS = 10_000;
/** Above what one endpoint sends at once there is nothing to gain. */
const CONNECTIONS = 16;

/** Kept-alive connections to a service, each to an address that the guard let pass. */
export function openHttp(guard: OutboundGuard): Agent {
  return new Agent({
    connections: CONNECTIONS,
    pipelining: 1,
    connect: guard.connector("service", CONNECT_MS),
  });
}

export type HttpAnswer = {
  status: number;
  headers: Dispatcher.ResponseData["headers"];
  body: string;
};

/** One request, no redirects followed, nothing decompressed, and no endless answer read. */
export async function callHttp(
  dispatcher: Dispatcher,
  url: string,
  options: {
    method: "GET" | "POST";
    headers: Record<string, string>;
    body?: string | Uint8Array;
    signal: AbortSignal;
  },
): Promise<HttpAnswer> {
  const answer = await request(url, { ...options, dispatcher });
  const { statusCode: status, headers } = answer;
  if (status >= 300 && status < 400) {
    await answer.body.dump({ limit: 0 }).catch(() => undefined);
    throw new UnusableAnswer("redirected", "it redirects, which is not followed");
  }
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    await answer.body.dump({ limit: 0 }).catch(() => undefined);
    throw new UnusableAnswer("answer_unreadable", "its answer is compressed, and was not to be");
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MOST_READ)
      throw new UnusableAnswer("answer_unreadable", "its answer is longer than is read");
    chunks.push(chunk);
  }
  return { status, headers, body: Buffer.concat(chunks).toString() };
}
