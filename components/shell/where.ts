import type { NavKey } from "#components/shell/nav-items.tsx";

/** A step on the way to a page: a room by its key, or a thing by its id as it stands in the path. */
export type Crumb = { href: string } & ({ key: NavKey | SubPage } | { id: string });

type SubPage =
  | "newOrder"
  | "complaints"
  | "importCodes"
  | "deliveryJobs"
  | "endpoints"
  | "newEndpoint"
  | "editEndpoint"
  | "escalation"
  | "newPolicy"
  | "runbooks"
  | "supplierAccounts"
  | "newSupplier"
  | "editSupplier"
  | "supplierLimits"
  | "inbox";

const rooms = new Map<string, NavKey>([
  ["alerts", "alerts"],
  ["orders", "orders"],
  ["supplier-orders", "supplierOrders"],
  ["codes", "codes"],
  ["deliveries", "deliveries"],
  ["balance", "balance"],
  ["suppliers", "suppliers"],
  ["settings", "settings"],
]);

const subPages = new Map<string, SubPage>([
  ["/orders/new", "newOrder"],
  ["/codes/complaints", "complaints"],
  ["/codes/import", "importCodes"],
  ["/deliveries/jobs", "deliveryJobs"],
  ["/settings/endpoints", "endpoints"],
  ["/settings/endpoints/new", "newEndpoint"],
  ["/settings/escalation", "escalation"],
  ["/settings/escalation/new", "newPolicy"],
  ["/settings/runbooks", "runbooks"],
  ["/settings/suppliers", "supplierAccounts"],
  ["/settings/suppliers/new", "newSupplier"],
  ["/suppliers/inbox", "inbox"],
]);

/** The way to a page, read off its path alone, so that the top bar needs nothing from the page. */
export function whereIs(pathname: string): Crumb[] {
  const segments = pathname.split("/").filter(Boolean);
  if (segments.length === 0) return [{ href: "/", key: "overview" }];
  return segments.map((segment, index) => {
    const href = `/${segments.slice(0, index + 1).join("/")}`;
    const room = rooms.get(segment);
    if (index === 0 && room) return { href, key: room };
    const page = subPages.get(href) ?? subPageOf(href);
    return page ? { href, key: page } : { href, id: readable(segment) };
  });
}

/** Pages of one thing. */
function subPageOf(href: string): SubPage | undefined {
  if (/^\/settings\/endpoints\/[^/]+\/edit$/.test(href)) return "editEndpoint";
  const [, page] = /^\/settings\/suppliers\/[^/]+\/(edit|limits)$/.exec(href) ?? [];
  if (page === "edit") return "editSupplier";
  return page === "limits" ? "supplierLimits" : undefined;
}

function readable(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
