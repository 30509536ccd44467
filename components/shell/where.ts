import type { NavKey } from "#components/shell/nav-items.tsx";

/** A step on the way to a page: a room or a page by its key, or a thing by its id as it stands in the path. */
export type Crumb = { href: string } & (
  | { room: NavKey }
  | { page: (typeof PAGES)[number] }
  | { id: string }
);

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

/** What has words of its own (`shell.way`); `*` stands for one thing. */
const PAGES = [
  "orders/new",
  "codes/complaints",
  "codes/import",
  "deliveries/jobs",
  "settings/account",
  "settings/api-keys",
  "settings/audit",
  "settings/endpoints",
  "settings/endpoints/new",
  "settings/endpoints/*/edit",
  "settings/escalation",
  "settings/escalation/new",
  "settings/people",
  "settings/runbooks",
  "settings/suppliers",
  "settings/suppliers/new",
  "settings/suppliers/*/edit",
  "settings/suppliers/*/limits",
  "suppliers/inbox",
] as const;

/** The way to a page, read off its path alone, so that the top bar needs nothing from the page. */
export function whereIs(pathname: string): Crumb[] {
  const segments = pathname.split("/").filter(Boolean);
  if (segments.length === 0) return [{ href: "/", room: "overview" }];
  return segments.map((segment, index) => {
    const path = segments.slice(0, index + 1);
    const href = `/${path.join("/")}`;
    const room = rooms.get(segment);
    if (index === 0 && room) return { href, room };
    const pattern = (index > 2 ? path.with(2, "*") : path).join("/");
    const page = PAGES.find((each) => each === pattern);
    return page ? { href, page } : { href, id: readable(segment) };
  });
}

function readable(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
