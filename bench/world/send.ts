import { performance } from "node:perf_hooks";
import { Client } from "undici";

export type Message = { body: string; headers: Record<string, string> };

/**
 * Sends them over so many connections, each the next once it is answered.
 * @returns seconds for all, and the milliseconds of each answer, the slowest last
 */
export async function send(
  url: string,
  messages: readonly Message[],
  connections: number,
): Promise<{ seconds: number; answersMs: number[] }> {
  const { origin, pathname } = new URL(url);
  const waiting = messages.values();
  const answersMs: number[] = [];
  const startedAt = performance.now();
  async function loop(): Promise<void> {
    // One of its own: in a pool, a request may wait for others that came later.
    const client = new Client(origin);
    for (const { body, headers } of waiting) {
      const sentAt = performance.now();
      const answer = await client.request({ path: pathname, method: "POST", headers, body });
      await answer.body.dump();
      if (answer.statusCode >= 300) throw new Error(`A message was answered ${answer.statusCode}.`);
      answersMs.push(performance.now() - sentAt);
    }
    await client.close();
  }
  await Promise.all(Array.from({ length: connections }, loop));
  const seconds = (performance.now() - startedAt) / 1_000;
  return { seconds, answersMs: answersMs.sort((left, right) => left - right) };
}
