import type { ActionResult } from "#app/_server/run-action.ts";
import { type Failure, unreachable } from "#components/orders/failure.ts";

const WAITS_MS = [1_000, 3_000, 9_000];

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Failure };

/**
 * Asks for what may be asked for twice, and again where no answer came or the server stumbled.
 * @param onWait told before each further try
 */
export async function patiently<T>(
  ask: () => Promise<ActionResult<T>>,
  onWait: () => void = () => undefined,
  waitsMs: readonly number[] = WAITS_MS,
): Promise<Answer<T>> {
  for (let tries = 0; ; tries++) {
    let answer: Answer<T>;
    try {
      answer = await ask();
    } catch {
      answer = { ok: false, problem: unreachable };
    }
    const waitMs = waitsMs[tries];
    if (answer.ok || waitMs === undefined || !isPassing(answer.problem)) return answer;
    onWait();
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

const isPassing = ({ code }: Failure): boolean => code === "unreachable" || code === "internal";
