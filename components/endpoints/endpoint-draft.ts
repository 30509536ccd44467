import { channelFields } from "#components/endpoints/channel-fields.ts";
import { readPlan, writePlan } from "#components/endpoints/plan-text.ts";
import type { NewEndpoint } from "#lib/deliveries/add-endpoint.ts";
import type { EndpointProblem } from "#lib/deliveries/endpoint-input.ts";
import type { EndpointDetail } from "#lib/deliveries/endpoint-types.ts";
import type { ChannelKind, PayloadStyle } from "#lib/deliveries/types.ts";

export type HeaderDraft = {
  id: number;
  name: string;
  value: string;
  isSecret: boolean;
  /** It has a value that nobody is shown. */
  kept: boolean;
};

export type ProductChoice = { id: string; name: string };

/** The form as it is filled in: texts as typed. */
export type EndpointDraft = {
  channel: ChannelKind;
  name: string;
  /** By the field's key; of a flag "1" or "". */
  fields: Record<string, string>;
  headers: HeaderDraft[];
  /** Of a new webhook: made here, so that the receiver can know it before the first message. */
  signing: string | null;
  events: string[];
  products: ProductChoice[];
  includesMock: boolean;
  payload: PayloadStyle;
  codesReason: string;
  hasOwnPlan: boolean;
  plan: string;
  /** What is done without its own. */
  usualPlan: string;
  isOrdered: boolean;
  sendsAtOnce: string;
  ratePerMinute: string;
};

/** What a shop wants to know: how each order ended. */
const FIRST_EVENTS = [
  ...["order.completed", "order.partial", "order.cancelled", "order.failed", "order.refunded"],
];

export function emptyDraft(channel: ChannelKind, usualPlan: readonly number[]): EndpointDraft {
  return {
    channel,
    name: "",
    fields: initialFields(channel),
    headers: [],
    signing: null,
    events: FIRST_EVENTS,
    products: [],
    includesMock: false,
    payload: "thin",
    codesReason: "",
    hasOwnPlan: false,
    plan: writePlan(usualPlan),
    usualPlan: writePlan(usualPlan),
    isOrdered: false,
    sendsAtOnce: "8",
    ratePerMinute: "",
  };
}

const initialFields = (channel: ChannelKind): Record<string, string> =>
  Object.fromEntries(channelFields[channel].map(({ key, initial = "" }) => [key, initial]));

/** What differs between channels goes, and what they share stays. */
export const toChannel = (draft: EndpointDraft, channel: ChannelKind): EndpointDraft => ({
  ...draft,
  channel,
  fields: initialFields(channel),
  headers: [],
});

export function draftOf(
  endpoint: EndpointDetail,
  products: ProductChoice[],
  usualPlan: readonly number[],
): EndpointDraft {
  const { channel, settings } = endpoint;
  const config = settings?.config ?? {};
  const fields = channelFields[channel].map(({ key, kind }) => {
    const value = config[key];
    if (kind === "secret" || value === undefined || value === null) return [key, ""];
    if (kind === "flag") return [key, value ? "1" : ""];
    return [key, Array.isArray(value) ? value.join(", ") : String(value)];
  });
  const headers = (config.headers ?? []) as { name: string; isSecret: boolean }[];
  return {
    ...emptyDraft(channel, usualPlan),
    name: endpoint.name,
    fields: Object.fromEntries(fields),
    headers: headers.map(({ name, isSecret }, id) => ({
      id,
      name,
      isSecret,
      value: isSecret ? "" : (settings?.headers[name] ?? ""),
      kept: isSecret,
    })),
    events: endpoint.events,
    products,
    includesMock: endpoint.includesMock,
    payload: endpoint.payload,
    hasOwnPlan: endpoint.retryPlanMs !== null,
    plan: writePlan(endpoint.retryPlanMs ?? usualPlan),
    isOrdered: endpoint.isOrdered,
    sendsAtOnce: String(endpoint.sendsAtOnce),
    ratePerMinute: endpoint.ratePerMinute === null ? "" : String(endpoint.ratePerMinute),
  };
}

/** A number where it is one; else the text, for the server to say what is wrong with it. */
const number = (text: string): unknown =>
  /^\d{1,12}$/.test(text.trim()) ? Number(text.trim()) : text.trim();

/** What the server is asked to save, or what is wrong before it is asked. */
export function inputOf(draft: EndpointDraft): NewEndpoint | EndpointProblem[] {
  const plan = draft.hasOwnPlan ? readPlan(draft.plan) : null;
  if (draft.hasOwnPlan && plan === null) return [{ path: "retryPlanMs", code: "plan" }];
  const { config, secrets } = settingsOf(draft);
  return {
    channel: draft.channel,
    name: draft.name,
    config,
    secrets,
    events: draft.events as NewEndpoint["events"],
    productIds: draft.products.map(({ id }) => id),
    includesMock: draft.includesMock,
    payload: draft.payload,
    ...(draft.payload === "codes" && draft.codesReason.trim()
      ? { codesReason: draft.codesReason.trim() }
      : {}),
    retryPlanMs: plan,
    isOrdered: draft.isOrdered,
    sendsAtOnce: number(draft.sendsAtOnce) as number,
    ratePerMinute: draft.ratePerMinute.trim() ? (number(draft.ratePerMinute) as number) : null,
  };
}

function settingsOf({ channel, fields, headers, signing }: EndpointDraft): {
  config: Record<string, unknown>;
  secrets: Record<string, unknown>;
} {
  const config: Record<string, unknown> = {};
  const secrets: Record<string, unknown> = {};
  for (const { key, kind } of channelFields[channel]) {
    const text = fields[key] ?? "";
    if (kind === "flag") config[key] = text === "1";
    else if (kind === "secret") {
      if (text !== "") secrets[key] = text;
    } else if (kind === "addresses") config[key] = text.split(/[\s,;]+/).filter(Boolean);
    else if (text.trim() !== "") config[key] = kind === "number" ? number(text) : text.trim();
  }
  if (channel === "webhook") {
    config.headers = headers.map(({ name, isSecret }) => ({ name, isSecret }));
    secrets.headers = Object.fromEntries(
      headers.filter(({ value }) => value !== "").map(({ name, value }) => [name, value]),
    );
    if (signing !== null) secrets.signing = signing;
  }
  return { config, secrets };
}

/** Which field a problem belongs to: its path, that of a header's value by its row. */
export function placeOf({ path }: EndpointProblem, headers: readonly HeaderDraft[]): string {
  const [, name] = /^secrets\.headers\.(.+)$/.exec(path) ?? [];
  if (name === undefined) return path.replace(/^(config|secrets)\.(to|events)\.\d+$/, "$1.$2");
  const index = headers.findIndex((header) => header.name.trim().toLowerCase() === name);
  return `config.headers.${index}.value`;
}

/** Without what only repeats it: a header's name that can't be is no place for its value either. */
export function withoutEchoes(problems: readonly EndpointProblem[]): EndpointProblem[] {
  const isNameWrong = problems.some(({ path }) => /^config\.headers\.\d+\.name$/.test(path));
  return problems.filter(
    ({ path, code }) => !(isNameWrong && code === "wrong" && path.startsWith("secrets.headers.")),
  );
}
