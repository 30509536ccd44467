import { clientAddress } from "#app/_server/client-address.ts";
import { isCrossSite } from "#app/_server/cross-site.ts";
import { correlationId, currentActor } from "#app/_server/current-actor.ts";
import { problemResponse, toProblem } from "#app/_server/problem.ts";
import { refuseHead } from "#app/_server/refuse-head.ts";
import { runtime } from "#app/_server/runtime.ts";
import { EXPORT_FORMATS, exportAuditLog } from "#lib/audit/export-audit-log.ts";
import { readAuditFilter } from "#lib/audit/log-filter-policy.ts";
import type { Runtime } from "#lib/engine/runtime.ts";

const TYPES = { csv: "text/csv; charset=utf-8", jsonl: "application/jsonl; charset=utf-8" };

/** The audit log as a file, as its page shows it; streamed, since it has no end. Other sites' pages are refused. */
export async function GET(request: Request): Promise<Response> {
  const refused = refuseHead(request);
  if (refused) return refused;
  const reference = await correlationId();
  if (isCrossSite(request.headers)) return problemResponse({ code: "forbidden", reference });
  let ctx: Runtime | undefined;
  try {
    ctx = await runtime();
    const actor = await currentActor();
    if (!actor) return problemResponse({ code: "unauthenticated", reference });
    const query = new URL(request.url).searchParams;
    const format = EXPORT_FORMATS.find((one) => one === query.get("format")) ?? "csv";
    const filter = readAuditFilter((name) => query.get(name));
    const parts = await exportAuditLog(
      ctx,
      actor,
      { filter, format },
      {
        address: clientAddress(request.headers.get("x-forwarded-for")),
        agent: request.headers.get("user-agent"),
        correlationId: reference,
      },
    );
    const day = ctx.now().toISOString().slice(0, 10);
    return new Response(streamOf(parts), {
      headers: {
        "content-type": TYPES[format],
        "content-disposition": `attachment; filename="keyhold-audit-${day}.${format}"`,
        "cache-control": "no-store",
      },
    });
  } catch (error) {
    return problemResponse(toProblem(error, ctx?.log, reference));
  }
}

/** A part is read when the one before it was taken, and none once nobody listens. */
function streamOf(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}
