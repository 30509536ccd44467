/**
 * Who deliveries are sent to: a process of its own that takes what is posted to `/{name}`, counts it by name, and
 * says 204. What is posted to `/dead` gets no answer, ever.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerQuestions } from "../world/answer-questions.ts";

const taken = new Map<string, number>();
const held = new Set<ServerResponse>();

function take(request: IncomingMessage, response: ServerResponse): void {
  const name = (request.url ?? "").slice(1);
  request.resume().once("end", () => {
    taken.set(name, (taken.get(name) ?? 0) + 1);
    if (name === "dead") held.add(response.once("close", () => held.delete(response)));
    else response.writeHead(204).end();
  });
}

const server = createServer({ keepAliveTimeout: 60_000 }, take);

answerQuestions({
  listen: () =>
    new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
    }),
  /** How many came for each name since it was last told to forget. */
  taken: () => Object.fromEntries(taken),
  forget: () => taken.clear(),
  /** Ends the waiting of those that get no answer. */
  hangUp() {
    for (const response of held) response.destroy();
  },
});
