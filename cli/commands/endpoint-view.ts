import type { EndpointDetail, EndpointRow } from "#lib/deliveries/endpoint-types.ts";
import { table } from "../table.ts";

/** How it is, in a word or two. */
export function stateOf(row: EndpointRow): string {
  if (row.disabledAt) return `off (${row.disabledWhy})`;
  if (row.pausedAt) return "paused";
  if (row.failures > 0) return `${row.failures} failed`;
  return row.lastSuccessAt ? "well" : "untried";
}

/** Everything of an endpoint but its secrets. */
export function endpointText(endpoint: EndpointDetail): string {
  const { settings, retryPlanMs, ratePerMinute, productIds } = endpoint;
  const rows = [
    ["id", endpoint.id],
    ["channel", endpoint.channel],
    ["leads to", endpoint.target],
    ["state", stateOf(endpoint)],
    ["events", endpoint.events.join(", ") || "none"],
    ["products", productIds.length === 0 ? "all" : productIds.join(", ")],
    ["mock orders", endpoint.includesMock ? "yes" : "no"],
    ["payload", endpoint.payload],
    ["waits between tries", retryPlanMs ? retryPlanMs.map((ms) => `${ms} ms`).join(", ") : "usual"],
    ["in order", endpoint.isOrdered ? "yes" : "no"],
    ["sends at once", `${endpoint.sendsAtOnce}`],
    ["at most a minute", ratePerMinute === null ? "any" : `${ratePerMinute}`],
    ["waiting", `${endpoint.pending}`],
    ["secrets", settings ? settings.kept.join(", ") || "–" : "can't be opened"],
    ...(settings?.signing ?? []).map(({ id, createdAt, expiresAt }) => [
      "signing secret",
      `${id}, made ${createdAt}${expiresAt ? `, until ${expiresAt}` : ""}`,
    ]),
    ...(endpoint.lastError ? [["last error", endpoint.lastError]] : []),
  ];
  return [endpoint.name, "", table(["Setting", "Value"], rows)].join("\n");
}
