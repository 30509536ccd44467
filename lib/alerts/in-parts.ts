/** So many failures aren't single rows: the rest waits for the next time. */
const MOST_FAILURES = 40;

/**
 * Does of many what can be done, after they have failed together: halves again and again, so that a row that can't
 * be written holds nobody else up. `run` is a transaction of its own.
 * @returns those that fail alone, each with its error, and how many were done
 */
export async function inParts(
  ids: readonly string[],
  run: (part: readonly string[]) => Promise<unknown>,
): Promise<{ done: number; failed: { id: string; error: unknown }[] }> {
  const failed: { id: string; error: unknown }[] = [];
  let [done, failures] = [0, 0];
  const left = [...(ids.length > 0 ? [ids] : [])];
  for (let part = left.pop(); part && failures < MOST_FAILURES; part = left.pop()) {
    try {
      await run(part);
      done += part.length;
    } catch (error) {
      failures += 1;
      const [first] = part;
      if (part.length === 1 && first !== undefined) failed.push({ id: first, error });
      else {
        const half = Math.ceil(part.length / 2);
        left.push(part.slice(half), part.slice(0, half));
      }
    }
  }
  return { done, failed };
}
