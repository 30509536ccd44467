import type { Actor } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { EndpointContext } from "./endpoint-context.ts";

/** Writes down that a test message goes to an endpoint with the secrets that are kept for it. */
export const noteTry = (
  ctx: EndpointContext,
  actor: Actor,
  { id, name }: { id: string; name: string },
  request: RequestFacts,
): Promise<void> =>
  ctx.db.$transaction((tx) =>
    appendAuditEntry(tx, ctx, actor, {
      action: "endpoint.tested",
      objectKind: "endpoint",
      objectId: id,
      details: { name },
      ...request,
    }),
  );
