import {
  type AlertFilter,
  alertFilterParams,
  DEFAULT_ALERT_FILTER,
  parseAlertFilter,
} from "#lib/alerts/alert-filter.ts";

/** What the queue shows, as its address says it. */
export type QueueFilter = AlertFilter & {
  /** Where this page begins; null on the first. */
  after: string | null;
};

const names = [
  "state",
  "severity",
  "kind",
  "supplier",
  "assignee",
  "mock",
  "q",
  "sort",
  "after",
] as const;
type Names = (typeof names)[number];

function read(raw: Record<Names, string | null>): QueueFilter {
  const given = Object.entries(raw).filter(([, value]) => value !== null) as [string, string][];
  const after = raw.after && raw.after.length <= 400 ? raw.after : null;
  return { ...parseAlertFilter(new URLSearchParams(given)), after };
}

function write({ after, ...filter }: QueueFilter): Record<Names, string | null> {
  const params = alertFilterParams(filter);
  const entries = names.map((name) => [name, params.get(name)]);
  return { ...(Object.fromEntries(entries) as Record<Names, string | null>), after };
}

/** How the filter stands in the address; another one leads back to the list. */
export const queueForm = { names, read, write, path: "/alerts" };

export const readQueueAddress = (params: Pick<URLSearchParams, "get">): QueueFilter =>
  read(
    Object.fromEntries(names.map((name) => [name, params.get(name)])) as Record<
      Names,
      string | null
    >,
  );

/** Without the page: what matches. */
export const matchingOf = ({ after: _, ...filter }: QueueFilter): string =>
  alertFilterParams(filter).toString();

/** The query string, always in the same order: it is the key under which the list is kept. */
export function queueQueryOf(filter: QueueFilter): string {
  const params = new URLSearchParams(matchingOf(filter));
  if (filter.after) params.set("after", filter.after);
  return params.toString();
}

export const VIEWS = ["open", "mine", "critical", "acknowledged", "snoozed", "resolved"] as const;
export type View = (typeof VIEWS)[number];

const partOf: Record<View, Partial<AlertFilter>> = {
  open: {},
  mine: { states: ["open", "acknowledged", "snoozed"], assignee: "me" },
  critical: { severities: ["critical"] },
  acknowledged: { states: ["acknowledged"] },
  snoozed: { states: ["snoozed"] },
  resolved: { states: ["resolved"], sort: "newest" },
};

export const filterOfView = (view: View): QueueFilter => ({
  ...DEFAULT_ALERT_FILTER,
  ...partOf[view],
  after: null,
});

/** Which view this is, however it is narrowed further; null for one of somebody's own making. */
export function viewOf({ states, assignee, severities }: AlertFilter): View | null {
  const key = (part: AlertFilter) => [part.states, part.assignee ?? "", part.severities].join("|");
  const own = key({ ...DEFAULT_ALERT_FILTER, states, assignee, severities });
  return VIEWS.find((view) => key(filterOfView(view)) === own) ?? null;
}

/** Whether anything narrows what the view shows. */
export const isNarrowed = (filter: AlertFilter): boolean =>
  viewOf(filter) === null ||
  filter.kinds.length > 0 ||
  filter.suppliers.length > 0 ||
  filter.mock !== "without" ||
  filter.text !== null;

/** The address of an alert beside the list that is shown. */
export const alertHref = (id: string | null, query: string): string =>
  `/alerts${id ? `/${id}` : ""}${query && `?${query}`}`;

/** The alert that a path opens. */
export const openIdOf = (pathname: string): string | null =>
  /^\/alerts\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(pathname)?.[1]?.toLowerCase() ??
  null;
