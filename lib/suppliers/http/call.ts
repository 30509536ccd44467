import { type buildConnector, Client, type Dispatcher, Pool } from "undici";
import { limits } from "./limits.ts";
import type { AnswerHead, Body, Exchange } from "./outcome.ts";
import { readBody } from "./read-body.ts";

export type Request = {
  /** Path with query, starting with a slash. */
  path: string;
  headers: Record<string, string>;
  /** Text to POST, JSON unless the headers say otherwise, or null for a GET. */
  body: string | null;
  maxBytes: number;
  /** Not one byte is written after this. */
  notAfter?: Date;
};

export type Timeouts = { connectMs: number; readMs: number; writeMs: number };

export type Caller = {
  /** Sends the request at most once and never throws. */
  call(request: Request): Promise<Exchange>;
  /** Refuses new calls and waits for those in flight. */
  close(): Promise<void>;
};

/**
 * HTTP to one origin: no redirects, no decompression, no retries, HTTP/1.1 only. Reads share
 * kept-alive connections; every write has a connection of its own, so that it cannot meet one
 * which the supplier is just closing. `now` is the clock of first bytes and of `notAfter`.
 * @param connector makes the connections, for an address that somebody typed in
 */
export function openCaller(
  origin: string,
  timeouts: Timeouts,
  now: () => Date,
  connector?: buildConnector.connector,
): Caller {
  const connection = {
    connect: connector ?? { timeout: timeouts.connectMs },
    allowH2: false,
    pipelining: 1,
    // One deadline covers connecting, headers and body.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const reads = new Pool(origin, { ...connection, connections: limits.readConnections });
  const writesInFlight = new Set<Promise<Exchange>>();
  let closing: Promise<unknown> | null = null;

  async function write(request: Request): Promise<Exchange> {
    const client = new Client(origin, connection);
    const exchange = await exchangeOnce(client, request, timeouts.writeMs, now);
    client.destroy().catch(() => undefined);
    return exchange;
  }

  return {
    async call(request) {
      if (closing) return { kind: "not_sent", problem: "the supplier connection is closed" };
      if (request.body === null) return exchangeOnce(reads, request, timeouts.readMs, now);
      const writing = write(request);
      writesInFlight.add(writing);
      return writing.finally(() => writesInFlight.delete(writing));
    },
    async close() {
      closing ??= Promise.all([reads.close(), ...writesInFlight]);
      await closing;
    },
  };
}

/**
 * One request, one exchange. Works below `undici.request`, because only a handler is told the
 * moment before the first byte is written: that decides between "no effect" and "who knows".
 */
function exchangeOnce(
  dispatcher: Dispatcher,
  request: Request,
  deadlineMs: number,
  now: () => Date,
): Promise<Exchange> {
  return new Promise((resolve) => {
    let controller: Dispatcher.DispatchController | null = null;
    let firstByteAt: Date | null = null;
    let answer: AnswerHead | null = null;
    let done = false;
    const chunks: Buffer[] = [];
    let bytes = 0;

    const finish = (exchange: Exchange): void => {
      if (done) return;
      done = true;
      clearTimeout(timer);
      resolve(exchange);
    };
    const complete = (body: Body): void => {
      if (answer && firstByteAt) finish({ kind: "answered", ...answer, firstByteAt, body });
    };
    /** Ends with what is known so far, and gives the connection up. */
    const stop = (problem: string): void => {
      if (done) return;
      if (!firstByteAt) finish({ kind: "not_sent", problem });
      else if (!answer) finish({ kind: "no_answer", problem, firstByteAt });
      else complete({ kind: "unreadable", problem });
      controller?.abort(new Error(problem));
    };
    const timer = setTimeout(() => stop(`no complete answer within ${deadlineMs} ms`), deadlineMs);

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        // Too late, or about to be written a second time: abort here, and no byte leaves.
        if (done || controller) return started.abort(new Error("sent once already"));
        controller = started;
        const at = now();
        // Asked this way round, a time that is none allows nothing.
        if (request.notAfter && !(at <= request.notAfter)) stop("the time for sending was over");
        else firstByteAt = at;
      },
      onResponseStart(_, status, headers) {
        if (status < 200) return;
        answer = {
          status,
          retryAfter: headerText(headers["retry-after"]),
          date: headerText(headers.date),
        };
        const encoding = headerText(headers["content-encoding"]) ?? "identity";
        if (encoding.trim().toLowerCase() !== "identity") {
          stop("the answer has a content encoding, which was not asked for");
        }
      },
      onResponseData(_, chunk) {
        bytes += chunk.length;
        if (bytes > request.maxBytes) stop(`the answer is larger than ${request.maxBytes} bytes`);
        else if (!done) chunks.push(chunk);
      },
      onResponseEnd() {
        if (answer) complete(readBody(Buffer.concat(chunks)));
        else stop("the connection was closed without an answer");
      },
      onResponseError(_, error) {
        stop(explain(error, firstByteAt !== null));
      },
    };

    try {
      dispatcher.dispatch(dispatchOptions(request), handler);
    } catch (error) {
      stop(explain(error, firstByteAt !== null));
    }
  });
}

function dispatchOptions({ path, headers, body }: Request): Dispatcher.DispatchOptions {
  if (body === null) return { method: "GET", path, headers };
  const typed = { "content-type": "application/json", ...headers };
  return { method: "POST", path, headers: typed, body, reset: true };
}

function headerText(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/** A sentence for staff. Error texts of the HTTP library are left out: they may echo what was sent. */
function explain(error: unknown, sent: boolean): string {
  const code = errorCode(error);
  return sent
    ? `the connection broke after the request was sent (${code})`
    : `the supplier could not be reached (${code})`;
}

function errorCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : "no error code";
}
