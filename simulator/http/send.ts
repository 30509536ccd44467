import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, headOf } from "./to-answer.ts";

/** How an answer left: whole, or not to its end. */
export type Outcome = "answered" | "lost";

/** Sends an answer. `signal` ends a slow one when the server closes. */
export async function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  signal: AbortSignal,
): Promise<Outcome> {
  const { status, headers, body, dripMsPerByte } = answer;
  if (answer.cutAt !== null) return sendStart(response, answer, answer.cutAt);
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (dripMsPerByte !== null) return drip(response, body, dripMsPerByte, signal);
  response.end(body);
  return "answered";
}

/** Closes the connection without a word. */
export function lose(response: ServerResponse): Outcome {
  response.destroy();
  return "lost";
}

/** Writes below HTTP, since Node sends a head whole or not at all. */
function sendStart(response: ServerResponse, answer: Answer, bytes: number): Outcome {
  const { socket } = response;
  const whole = Buffer.concat([headOf(answer), answer.body]);
  if (bytes === 0 || socket === null) return lose(response);
  socket.write(whole.subarray(0, bytes), () => socket.destroy());
  return bytes < whole.length ? "lost" : "answered";
}

async function drip(
  response: ServerResponse,
  body: Buffer,
  msPerByte: number,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    for (const byte of body) {
      if (response.destroyed) return "lost";
      response.write(Buffer.of(byte));
      await sleep(msPerByte, undefined, { signal });
    }
  } catch {
    return lose(response);
  }
  response.end();
  return "answered";
}
