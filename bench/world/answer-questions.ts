import type { Answer, Question } from "./actor.ts";

/** The other end of `startActor`: answers what the parent asks until it is told to end. */
export function answerQuestions(
  handlers: Record<string, (value: never) => unknown | Promise<unknown>>,
): void {
  // The channel alone doesn't keep a process alive that has `die-with-parent` loaded.
  setInterval(() => undefined, 60_000);
  process.on("message", (question: Question) => void answer(question));

  async function answer({ number, what, value }: Question): Promise<void> {
    const reply: Answer = { number };
    try {
      const handler = handlers[what];
      if (!handler) throw new Error(`nobody here knows how to ${what}`);
      reply.value = await handler(value as never);
    } catch (error) {
      reply.error = (error as Error).stack ?? String(error);
    }
    process.send?.(reply);
  }
}
