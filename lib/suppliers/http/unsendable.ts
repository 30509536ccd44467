import type { Outcome } from "../port.ts";

/** A call that was wrong before it was made: nothing was sent. */
export function unsendable(detail: string): Outcome<never> {
  return {
    kind: "refused",
    refusal: { class: "validation", code: null, detail, httpStatus: null },
    timing: { firstByteAt: null, supplierClock: null },
  };
}

export function unknownPlace(): Outcome<never> {
  return unsendable("the list position was not given out by Keyhold");
}
