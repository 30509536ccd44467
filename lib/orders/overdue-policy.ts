/** A look that is later than this has been missed: the engine is behind, or nobody runs it. */
export const OVERDUE_AFTER_MS = 60_000;

/** Whether an order's next look should long have been made. By the due time alone, whoever holds it. */
export function isOverdue(nextPollAt: string | Date | null, nowMs: number): boolean {
  return nextPollAt !== null && nowMs - new Date(nextPollAt).getTime() > OVERDUE_AFTER_MS;
}
