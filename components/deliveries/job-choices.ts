import type { DeliveryCounts } from "#lib/deliveries/count-deliveries.ts";
import type { DeliveryState } from "#lib/deliveries/lifecycle.ts";
import type { JobKind } from "#lib/deliveries/types.ts";

export type JobChoice = {
  key: "failed" | "both" | "revive" | "release" | "drop";
  kind: JobKind;
  /** Narrows the filter to these; none where the kind says which. */
  state: DeliveryState[];
  count: number;
};

/**
 * What can be done to what a filter finds, the likeliest first; what it finds none of is left out.
 * @param isWhole the filter names an endpoint and narrows no further: a release lets all of it go
 */
export function jobChoices(
  { counts, endpoint }: Omit<DeliveryCounts, "readAt">,
  isWhole: boolean,
): JobChoice[] {
  const { failed, success, not_apply, pending } = counts;
  const choices: JobChoice[] = [
    { key: "failed", kind: "resend", state: ["failed"], count: failed },
    {
      key: "both",
      kind: "resend",
      state: ["success", "failed"],
      // Where none arrived it is the choice above.
      count: success === 0 ? 0 : success + failed,
    },
    { key: "revive", kind: "revive", state: ["not_apply"], count: not_apply },
  ];
  if (isWhole && endpoint && ["paused", "resting"].includes(endpoint.standing)) {
    choices.push({ key: "release", kind: "release", state: [], count: pending });
  }
  if (endpoint?.standing === "paused") {
    choices.push({ key: "drop", kind: "drop", state: [], count: pending });
  }
  return choices.filter(({ count }) => count > 0);
}
