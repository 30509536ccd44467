import { runtime } from "#app/_server/runtime.ts";
import { isSchemaReady } from "#lib/platform/schema-version.ts";

/** 200 only when the database answers and has the schema that this build needs. */
export async function GET(): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  try {
    const { db } = await runtime();
    if (await isSchemaReady(db)) return Response.json({ status: "ok" }, { headers });
    return Response.json({ status: "schema_outdated" }, { status: 503, headers });
  } catch {
    return Response.json({ status: "not_ready" }, { status: 503, headers });
  }
}
