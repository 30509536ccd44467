/**
 * Why a rule counts as failing until all can be judged: some could not, and which came first.
 * @param noun one of them, in English, e.g. `order`
 */
export function notJudged(
  failed: readonly { id: string; error: unknown }[],
  noun: "account" | "order",
): Error {
  const [first] = failed;
  const some = `${failed.length} ${failed.length === 1 ? noun : `${noun}s`}`;
  return new Error(`${some} could not be judged, the first is ${first?.id}`, {
    cause: first?.error,
  });
}
