import type { buildConnector } from "undici";
import type { Json, Outcome } from "../port.ts";
import { pathSegment, splitAddress } from "./address.ts";
import { openCaller, type Timeouts } from "./call.ts";
import { type ErrorBody, type KnownCodes, readErrorBody } from "./error-body.ts";
import { limits } from "./limits.ts";
import { judge, type Read } from "./outcome.ts";
import { unsendable } from "./unsendable.ts";

export type ApiOptions = {
  /** For example `https://api.example.com/v2`; a path prefix is kept. */
  baseUrl: string;
  /** Of each call, asked for when it is made. */
  headers: () => Record<string, string>;
  /** What must not be repeated to anybody when the supplier echoes it. */
  secrets: () => readonly string[];
  /** What its error codes mean. */
  codes?: KnownCodes;
  /** Where its errors aren't an object with a `code` or any of `detail`, `message`, `error`. */
  readError?: (json: Json) => ErrorBody | null;
  timeouts?: Partial<Timeouts> | undefined;
  /** The clock of first bytes and of `notAfter`, which a `Retry-After` date is measured against too. */
  now?: (() => Date) | undefined;
  /** What carries the requests, in place of HTTP: for a simulation in one process and in virtual time. */
  open?: typeof openCaller | undefined;
  /** Makes the connections, for an address that somebody typed in. */
  connector?: buildConnector.connector | undefined;
};

export type ApiCall = {
  /** Path with query, starting with a slash. */
  path: string;
  /** POST where there is one, GET otherwise. */
  body?: string;
  /** Beside the headers of each call. */
  headers?: Record<string, string>;
  maxBytes?: number;
  notAfter?: Date;
  /** Whether it may cost money, which decides what is a clear no; by default whatever is posted may. */
  isWrite?: boolean;
};

/** A supplier's JSON API: every exchange is judged by the one table of outcomes (`outcome.ts`). */
export type Api = {
  call<T>(to: ApiCall, read: (json: Json) => Read<T>): Promise<Outcome<T>>;
  /** With a foreign id as one segment of the path; refuses one that can't be. */
  callById<T>(
    id: string,
    to: (segment: string) => ApiCall,
    read: (json: Json) => Read<T>,
  ): Promise<Outcome<T>>;
  close(): Promise<void>;
};

const NO_CODES: KnownCodes = new Map();

/** Opens no connection yet. Throws an `Error` with a sentence when the address can't be used at all. */
export function openApi(options: ApiOptions): Api {
  const { headers, secrets, codes = NO_CODES, timeouts, connector } = options;
  const { now = () => new Date(), open = openCaller } = options;
  const { origin, prefix } = splitAddress(options.baseUrl);
  const deadlines = {
    connectMs: timeouts?.connectMs ?? limits.connectTimeoutMs,
    readMs: timeouts?.readMs ?? limits.readDeadlineMs,
    writeMs: timeouts?.writeMs ?? limits.writeDeadlineMs,
  };
  const caller = open(origin, deadlines, now, connector);
  const readError =
    options.readError ?? ((json) => readErrorBody(json, { codes, secrets: secrets() }));

  async function call<T>(to: ApiCall, read: (json: Json) => Read<T>): Promise<Outcome<T>> {
    const exchange = await caller.call({
      path: prefix + to.path,
      body: to.body ?? null,
      maxBytes: to.maxBytes ?? limits.singleBytes,
      ...(to.notAfter && { notAfter: to.notAfter }),
      headers: {
        accept: "application/json",
        // Whatever is compressed anyway is refused: decoders are what attackers aim at.
        "accept-encoding": "identity",
        "user-agent": "Keyhold",
        ...headers(),
        ...to.headers,
      },
    });
    return judge(exchange, read, {
      readError,
      now: now(),
      isWrite: to.isWrite ?? to.body !== undefined,
    });
  }

  return {
    call,
    async callById(id, to, read) {
      const segment = pathSegment(id);
      if (segment === null) return unsendable("the id cannot stand in a path");
      return call(to(segment), read);
    },
    close: () => caller.close(),
  };
}
