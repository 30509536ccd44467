import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import type { SendOutcome } from "../channel.ts";
import { failureOf } from "./failure-of.ts";

/** More of an answer is not read. */
export const MOST_ANSWER_BYTES = 65_536;

export type Post = { path: string; headers: Record<string, string>; body: string };

export type Posted =
  | { kind: "answered"; status: number; retryAfter: string | null; text: string }
  | { kind: "ended"; outcome: SendOutcome };

/**
 * Sends one request, at most once, and reads the answer: without following redirects, without inflating. Resolves
 * within the signal's time and never rejects; a connection that isn't read to its end is given up.
 */
export function postOnce(dispatcher: Dispatcher, post: Post, signal: AbortSignal): Promise<Posted> {
  return new Promise((resolve) => {
    const exchange = new Exchange(signal, resolve);
    if (signal.aborted) return exchange.fail(signal.reason);
    signal.addEventListener("abort", exchange);
    try {
      dispatcher.dispatch({ method: "POST", ...post }, exchange);
    } catch (error) {
      exchange.fail(error);
    }
  });
}

/** A class, since thousands of these are made a second and closures are dearer. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal;
  readonly #resolve: (posted: Posted) => void;
  #controller: Dispatcher.DispatchController | null = null;
  #head: { status: number; retryAfter: string | null } | null = null;
  #isDone = false;
  #bytes = 0;
  #chunks: Buffer[] = [];

  constructor(signal: AbortSignal, resolve: (posted: Posted) => void) {
    this.#signal = signal;
    this.#resolve = resolve;
  }

  /** The signal's: out of time. */
  handleEvent(): void {
    this.fail(this.#signal.reason);
    this.#controller?.abort(new Error("out of time"));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Out of time while it waited for a connection, or about to be sent a second time: no byte leaves.
    if (this.#isDone || this.#controller) controller.abort(new Error("not sent"));
    else this.#controller = controller;
  }

  onResponseStart(_: unknown, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    this.#head = { status, retryAfter: textOf(headers["retry-after"]) };
    const encoding = textOf(headers["content-encoding"])?.trim().toLowerCase() || "identity";
    if (encoding !== "identity") this.#giveUp("it has a content encoding, which wasn't asked for");
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes <= MOST_ANSWER_BYTES) this.#chunks.push(chunk);
    else this.#giveUp(`it is longer than ${MOST_ANSWER_BYTES} bytes`);
  }

  onResponseEnd(): void {
    const text = this.#bytes === 0 ? "" : Buffer.concat(this.#chunks).toString("utf8");
    if (this.#head) this.#finish({ kind: "answered", ...this.#head, text });
    else this.fail(new Error("the connection was closed without an answer"));
  }

  onResponseError(_: unknown, error: Error): void {
    this.fail(error);
  }

  fail(error: unknown): void {
    if (this.#isDone) return;
    this.#end(
      isUnreadable(error) ? unreadable("it is no HTTP/1.1") : failureOf(error, this.#signal),
    );
  }

  #giveUp(why: string): void {
    this.#end(unreadable(why));
    this.#controller?.abort(new Error(why));
  }

  #end(outcome: Failure): void {
    const status = this.#head?.status ?? null;
    this.#finish({ kind: "ended", outcome: { ...outcome, status } });
  }

  #finish(posted: Posted): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#signal.removeEventListener("abort", this);
    this.#resolve(posted);
  }
}

type Failure = Extract<SendOutcome, { kind: "failed" | "refused" }>;

const unreadable = (why: string): Failure => ({
  kind: "failed",
  errorKind: "answer_unreadable",
  status: null,
  answer: `the answer can't be read: ${why}`,
});

function isUnreadable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return error.name === "HTTPParserError" || /^UND_ERR_(HEADERS_OVERFLOW|RES_)/.test(code);
}

function textOf(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
