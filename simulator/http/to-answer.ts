import { STATUS_CODES } from "node:http";
import type { ReplyFault } from "../behaviours.ts";
import type { World } from "../world.ts";
import { spoilBody } from "./faults.ts";
import type { Reply } from "./reply.ts";

/** An answer as it goes onto the wire, or as far as it gets. */
export type Answer = {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Buffer;
  /** After so many bytes, the head included, the connection is cut; null: it isn't. */
  cutAt: number | null;
  dripMsPerByte: number | null;
};

/** What becomes of a reply on its way out. */
export function toAnswer(
  reply: Reply,
  fault: ReplyFault | null,
  world: Pick<World, "now" | "told">,
): Answer {
  const body = spoilBody(reply, fault);
  const isHtml = fault?.garble === "html";
  const answer = {
    status: isHtml ? 200 : reply.status,
    headers: {
      date: world.told(world.now()).toUTCString(),
      ...reply.headers,
      ...(body.length > 0 && {
        "content-type": isHtml ? "text/html; charset=utf-8" : "application/json",
      }),
      "content-length": String(body.length),
    },
    body,
    dripMsPerByte: fault?.dripMsPerByte ?? null,
  };
  return { ...answer, cutAt: cutAt(fault, headOf(answer).length, body.length) };
}

function cutAt(fault: ReplyFault | null, headBytes: number, bodyBytes: number): number | null {
  if (fault?.loseReply !== undefined) return 0;
  if (fault?.cutAt !== undefined) return fault.cutAt;
  return fault?.garble === "cut" ? headBytes + Math.floor(bodyBytes / 2) : null;
}

/** Status line and headers. */
export function headOf({ status, headers }: Pick<Answer, "status" | "headers">): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const reason = STATUS_CODES[status] ?? "Unknown";
  return Buffer.from(`HTTP/1.1 ${status} ${reason}\r\n${lines.join("")}\r\n`, "latin1");
}
