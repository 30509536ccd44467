import { CLAIM_DAYS, CLAIM_PIN } from "#lib/codes/claim-limits.ts";
import { SHORTEST_REASON } from "#lib/platform/reason-limits.ts";

export const WAYS = ["link", "slip", "reveal"] as const;
export type Way = (typeof WAYS)[number];

const HOUR_MS = 3_600_000;
/** How long a claim link may live, to choose from. */
export const LIVES_HOURS = [1, 24, CLAIM_DAYS * 24, 30 * 24, 90 * 24] as const;

/** How codes come to a customer, as somebody types it. */
export type DeliveryDraft = {
  way: Way;
  /** "" for none. */
  pin: string;
  livesHours: number;
  /** Of a link. */
  note: string;
  /** Why whoever hands out is shown the codes, by the ways that do so. */
  reason: string;
};

export const newDelivery = (): DeliveryDraft => ({
  way: "link",
  pin: "",
  livesHours: CLAIM_DAYS * 24,
  note: "",
  reason: "",
});

/** Whether the PIN is one, or none is wanted. */
export const isPinFine = ({ way, pin }: DeliveryDraft): boolean =>
  way !== "link" || pin === "" || CLAIM_PIN.test(pin);

/** Whether it is said why codes are shown, where they are. */
export const isReasonFine = ({ way, reason }: DeliveryDraft): boolean =>
  way === "link" || reason.trim().length >= SHORTEST_REASON;

/** What the server is told. */
export function deliveryOf(draft: DeliveryDraft, handOutId: string) {
  const { way } = draft;
  if (way !== "link") return { handOutId, way, reason: draft.reason.trim() };
  const note = draft.note.trim();
  return { handOutId, way, ...(note && { note }), ...linkOf(draft) };
}

/** The same of a link alone. */
export const linkOf = ({ pin, livesHours }: DeliveryDraft) => ({
  expiresInMs: livesHours * HOUR_MS,
  ...(pin && { pin }),
});

/** Six digits by chance. */
export function suggestPin(): string {
  // The few values that would make some digits likelier are thrown away.
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
  return number < 4_294_000_000 ? String(number % 1_000_000).padStart(6, "0") : suggestPin();
}
