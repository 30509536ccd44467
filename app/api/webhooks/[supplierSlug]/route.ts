import { randomUUID } from "node:crypto";
import { problemResponse, toProblem } from "#app/_server/problem.ts";
import { readRaw } from "#app/_server/read-raw.ts";
import { runtime } from "#app/_server/runtime.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import { MOST_BYTES } from "#lib/inbound/inbox-policy.ts";
import { type Received, receiveMessage } from "#lib/inbound/receive-message.ts";

/** What suppliers push: 200 only once it is committed. Nothing of what it asks for is done here. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ supplierSlug: string }> },
): Promise<Response> {
  let ctx: Runtime | undefined;
  try {
    ctx = await runtime();
    const { supplierSlug } = await params;
    const raw = await readRaw(request, MOST_BYTES);
    if (!raw) return answerOf({ kind: "too_large" });
    return answerOf(await receiveMessage(ctx, supplierSlug, raw, request.headers));
  } catch (error) {
    return problemResponse(toProblem(error, ctx?.log, randomUUID()));
  }
}

function answerOf(received: Received): Response {
  switch (received.kind) {
    case "stored":
    case "repeated":
      return answer(200, "ok");
    case "refused":
      // One wording for all reasons: they would help nobody but a forger.
      return answer(400, "bad signature");
    case "too_large":
      return answer(413, "too large");
    case "unknown_supplier":
      return answer(404, "not found");
    case "not_connected":
      return answer(503, "try again later");
  }
}

const answer = (status: number, what: string): Response =>
  Response.json({ status: what }, { status, headers: { "cache-control": "no-store" } });
