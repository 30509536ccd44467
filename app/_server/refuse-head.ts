/**
 * The refusal of a HEAD; null where it is none. Next answers one by doing what GET does, and that may leave an entry in
 * the audit, run the engine, or hold a stream open that nobody hears.
 */
export function refuseHead({ method }: Request): Response | null {
  if (method !== "HEAD") return null;
  return new Response(null, {
    status: 405,
    headers: { allow: "GET", "cache-control": "no-store" },
  });
}
