import { ALERT_KINDS, type AlertKind } from "./alert-policy.ts";
import { ALERT_STATES, type AlertSeverity, type AlertState, SEVERITIES } from "./types.ts";

export const ALERT_SORTS = ["worst", "newest", "oldest"] as const;
export type AlertSort = (typeof ALERT_SORTS)[number];

const MOCKS = ["without", "with", "only"] as const;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SLUG = /^[a-z0-9][a-z0-9-]{0,62}$/;
const LONGEST_TEXT = 200;
const MOST_SUPPLIERS = 50;

/** Which alerts are asked for, and in what order. An empty list is any. */
export type AlertFilter = {
  states: AlertState[];
  severities: AlertSeverity[];
  kinds: AlertKind[];
  /** Their slugs. */
  suppliers: string[];
  /** `me` is who asks; null is whoever it is. */
  assignee: "me" | "nobody" | (string & {}) | null;
  mock: (typeof MOCKS)[number];
  /** An order's id or the supplier's of it, or words of what it is about. */
  text: string | null;
  sort: AlertSort;
};

/** What waits for somebody: open, worst first. */
export const DEFAULT_ALERT_FILTER: AlertFilter = {
  states: ["open"],
  severities: [],
  kinds: [],
  suppliers: [],
  assignee: null,
  mock: "without",
  text: null,
  sort: "worst",
};

type Params = URLSearchParams | Record<string, string | string[] | undefined>;

/**
 * The filter as it stands in a URL: `state` (comma-separated, or `all`), `severity`, `kind`, `supplier`,
 * `assignee`, `mock`, `q`, `sort`. Junk is dropped, never an error; what is left out is as the default has it.
 */
export function parseAlertFilter(params: Params): AlertFilter {
  const read = (name: string): string => {
    const value = params instanceof URLSearchParams ? params.get(name) : params[name];
    return (Array.isArray(value) ? value[0] : value)?.trim() ?? "";
  };
  const words = (name: string) => read(name).split(",");
  const state = read("state");
  const states = ALERT_STATES.filter((one) => words("state").includes(one));
  const assignee = read("assignee").toLowerCase();
  const text = read("q").replaceAll("\u0000", "").slice(0, LONGEST_TEXT).trim();
  const kinds = Object.keys(ALERT_KINDS) as AlertKind[];
  return {
    states: state === "all" ? [] : states.length > 0 ? states : DEFAULT_ALERT_FILTER.states,
    severities: SEVERITIES.filter((one) => words("severity").includes(one)),
    kinds: kinds.filter((one) => words("kind").includes(one)),
    suppliers: [...new Set(words("supplier"))]
      .filter((slug) => SLUG.test(slug))
      .slice(0, MOST_SUPPLIERS),
    assignee: assignee === "me" || assignee === "nobody" || UUID.test(assignee) ? assignee : null,
    mock: MOCKS.find((one) => one === read("mock")) ?? DEFAULT_ALERT_FILTER.mock,
    text: text === "" ? null : text,
    sort: ALERT_SORTS.find((one) => one === read("sort")) ?? DEFAULT_ALERT_FILTER.sort,
  };
}

/** The same as a URL has it, without what is as the default; `parseAlertFilter` reads it back. */
export function alertFilterParams(filter: AlertFilter): URLSearchParams {
  const params = new URLSearchParams();
  const put = (name: string, value: string, usual = "") => {
    if (value !== usual) params.set(name, value);
  };
  put("state", filter.states.length === 0 ? "all" : filter.states.join(","), "open");
  put("severity", filter.severities.join(","));
  put("kind", filter.kinds.join(","));
  put("supplier", filter.suppliers.join(","));
  put("assignee", filter.assignee ?? "");
  put("mock", filter.mock, DEFAULT_ALERT_FILTER.mock);
  put("q", filter.text ?? "");
  put("sort", filter.sort, DEFAULT_ALERT_FILTER.sort);
  return params;
}
