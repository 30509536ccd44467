import { isUuid } from "#lib/platform/ids.ts";

type About = { type: string; orderId: string | null; subject: string; data: unknown };

/** Where people read on about an event: its page in the console; null where it has none. */
export function pageOf(consoleUrl: string, about: About): string | null {
  const path = pathOf(about);
  return path === null ? null : `${consoleUrl.replace(/\/+$/, "")}${path}`;
}

function pathOf({ type, orderId, subject, data }: About): string | null {
  if (orderId !== null) return `/orders/${orderId}`;
  const { currency } = (data ?? {}) as { currency?: unknown };
  switch (type) {
    case "alert.opened":
    case "alert.resolved":
    case "alert.notice":
      return alertPage((data ?? {}) as Record<string, unknown>);
    case "balance.low":
    case "balance.recovered":
      return `/balance?account=${subject}:${encodeURIComponent(String(currency))}`;
    case "delivery.endpoint_disabled":
      return `/settings/endpoints/${subject}`;
    default:
      return null;
  }
}

/** In the queue; where one message tells of several alike, in the queue of those alone. */
function alertPage({ alertId, alike, key, supplier, isMock }: Record<string, unknown>): string {
  // What was told before alerts had their ids with them.
  if (typeof alertId !== "string" || !isUuid(alertId)) return "/alerts";
  if (!alike) return `/alerts/${alertId}`;
  const these = {
    kind: String(key),
    ...(supplier ? { supplier: String(supplier) } : {}),
    ...(isMock === true ? { mock: "only" } : {}),
  };
  return `/alerts/${alertId}?${new URLSearchParams(these)}`;
}
