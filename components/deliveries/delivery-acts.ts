import type { DeliveryDetail } from "#lib/deliveries/read-delivery.ts";

/** What a person can do to a delivery: send it once more, at once, or after all. */
export type DeliveryActKind = "resend" | "hasten" | "revive";

type Facts = Pick<DeliveryDetail, "state" | "isTrying"> & {
  endpoint: Pick<NonNullable<DeliveryDetail["endpoint"]>, "standing"> | null;
  may: Pick<DeliveryDetail["may"], "send">;
};

/** What can be done to it now, if anything; the server asks again. */
export function deliveryAct({ state, isTrying, endpoint, may }: Facts): DeliveryActKind | null {
  if (!may.send) return null;
  const standing = endpoint?.standing;
  switch (state) {
    case "success":
    case "failed":
      return standing === "deleted" || standing === "disabled" ? null : "resend";
    case "pending":
      // What is paused goes out when that is over, and not before.
      return isTrying || standing === "paused" ? null : "hasten";
    case "not_apply":
      return standing === "disabled" ? null : "revive";
  }
}
