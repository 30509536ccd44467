import { CLAIM_DAYS, CLAIM_PIN } from "#lib/codes/claim-limits.ts";

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
  note: string;
};

export const newDelivery = (): DeliveryDraft => ({
  way: "link",
  pin: "",
  livesHours: CLAIM_DAYS * 24,
  note: "",
});

/** Whether the PIN is one, or none is wanted. */
export const isPinFine = ({ way, pin }: DeliveryDraft): boolean =>
  way !== "link" || pin === "" || CLAIM_PIN.test(pin);

/** What the server is told. */
export function deliveryOf({ way, pin, livesHours, note }: DeliveryDraft, handOutId: string) {
  const text = note.trim();
  return {
    handOutId,
    way,
    ...(text && { note: text }),
    ...(way === "link" && { expiresInMs: livesHours * HOUR_MS, ...(pin && { pin }) }),
  };
}

/** Six digits by chance. */
export function suggestPin(): string {
  // The few values that would make some digits likelier are thrown away.
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
  return number < 4_294_000_000 ? String(number % 1_000_000).padStart(6, "0") : suggestPin();
}
