import { personRoute } from "#app/_server/person-route.ts";
import { EXPORT_FORMATS, exportAuditLog } from "#lib/audit/export-audit-log.ts";
import { readAuditFilter } from "#lib/audit/log-filter-policy.ts";

const TYPES = { csv: "text/csv; charset=utf-8", jsonl: "application/jsonl; charset=utf-8" };

/** The audit log as a file, as its page shows it; streamed, since it has no end. */
export const GET = personRoute(async (ctx, { actor, query, from }) => {
  const format = EXPORT_FORMATS.find((one) => one === query.get("format")) ?? "csv";
  const filter = readAuditFilter((name) => query.get(name));
  const parts = await exportAuditLog(ctx, actor, { filter, format }, from);
  const day = ctx.now().toISOString().slice(0, 10);
  return new Response(streamOf(parts), {
    headers: {
      "content-type": TYPES[format],
      "content-disposition": `attachment; filename="keyhold-audit-${day}.${format}"`,
      "cache-control": "no-store",
    },
  });
});

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
