import type { AuditRow } from "#lib/audit/types.ts";

/** What the reader may besides reading the audit: whatever else an entry is about he sees by that already. */
export type EntryRights = { people: boolean; apiKeys: boolean };

/** The page of what an entry is about; null where it has none, or none for the reader. */
export function objectLink(
  { objectKind, objectId }: Pick<AuditRow, "objectKind" | "objectId">,
  may: EntryRights,
): string | null {
  const id = encodeURIComponent(objectId);
  switch (objectKind) {
    case "order":
      return `/orders/${id}`;
    case "code":
      // A search that found nothing is about none.
      return objectId === "none" ? null : `/codes/${id}`;
    case "endpoint":
      return `/settings/endpoints/${id}`;
    case "delivery":
      return `/deliveries/${id}`;
    case "delivery_job":
      return "/deliveries/jobs";
    case "alert":
      return `/alerts/${id}`;
    case "inbox_message":
      return `/suppliers/inbox/${id}`;
    case "runbook":
      return `/settings/runbooks/${encodeURIComponent(objectId.split("/")[0] ?? "")}`;
    case "escalation_policy":
      return "/settings/escalation";
    case "supplier":
      return "/settings/suppliers";
    case "top_up":
    case "balance_step":
      return "/balance";
    case "import":
      return "/codes/import";
    case "user":
      return may.people ? "/settings/people" : null;
    case "api_key":
      return may.apiKeys ? "/settings/api-keys" : null;
    default:
      return null;
  }
}
