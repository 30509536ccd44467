import type { AuditRow } from "#lib/audit/types.ts";

/** The page of what an entry is about; null where it has none. */
export function objectLink({
  objectKind,
  objectId,
}: Pick<AuditRow, "objectKind" | "objectId">): string | null {
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
      return "/settings/people";
    case "api_key":
      return "/settings/api-keys";
    default:
      return null;
  }
}
