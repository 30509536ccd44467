import type { Core } from "#lib/platform/core.ts";
import type { Outcome } from "./port.ts";

/** An adapter should never throw; when it does, nobody knows what had left by then. */
export async function callSafely<T>(
  core: Core,
  slug: string,
  call: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  try {
    return await call();
  } catch (error) {
    core.log.error({ err: error, supplier: slug }, "a supplier call broke off");
    return { kind: "unknown", reason: "The call broke off inside Keyhold.", httpStatus: null };
  }
}

/** What the log says of it: never what was answered. */
export function summaryOf(outcome: Outcome<unknown>): Record<string, unknown> {
  if (outcome.kind === "accepted") return { outcome: "accepted" };
  if (outcome.kind === "unknown")
    return { outcome: "unknown", reason: outcome.reason, http: outcome.httpStatus };
  const { class: refusalClass, code, httpStatus } = outcome.refusal;
  return { outcome: "refused", class: refusalClass, code, http: httpStatus };
}
