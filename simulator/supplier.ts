import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Admitted, act, admit, type Request } from "./exchange.ts";
import { readBody } from "./http/listen.ts";
import type { Reply } from "./http/reply.ts";
import { lose, type Outcome, sendAnswer } from "./http/send.ts";
import { toAnswer } from "./http/to-answer.ts";
import type { RequestLog } from "./request-log.ts";
import type { World } from "./world.ts";

const maxBodyBytes = 1_048_576;

type Sent = { status: number; outcome: Outcome; ruleIds: readonly string[] };

/**
 * Answers the supplier's own endpoints. The steps, always in this order: find the route, check key
 * and currency, pick the rules, wait, refuse or lose before the effect, change the world, handle,
 * save, wait, spoil the answer.
 */
export function createSupplier(world: World, log: RequestLog, signal: AbortSignal) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const at = new Date(world.now()).toISOString();
    const method = request.method ?? "";
    const url = new URL(request.url ?? "/", "http://simulator");
    const asked: Request = {
      method,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: await readBody(request, maxBodyBytes),
    };
    const admitted = admit(asked, world);
    const sent = await ("route" in admitted
      ? serve(admitted, response)
      : sendPlainly(admitted, response)
    ).catch((error: unknown) => fail(error, response));
    log.add({
      at,
      method,
      path: url.pathname,
      query: url.search,
      endpoint: "route" in admitted ? admitted.route.endpoint : null,
      status: sent.outcome === "lost" ? null : sent.status,
      ruleIds: sent.ruleIds,
    });
  };

  async function sendPlainly(reply: Reply, response: ServerResponse): Promise<Sent> {
    const outcome = await sendAnswer(response, toAnswer(reply, null, world), signal);
    return { status: reply.status, outcome, ruleIds: [] };
  }

  async function serve(admitted: Admitted, response: ServerResponse): Promise<Sent> {
    const { ruleIds, reply: fault } = admitted.picked;
    await wait(fault?.delayBeforeMs);
    const reply = signal.aborted ? null : act(admitted, world);
    // What was answered must survive a kill; a read only repeats what the file already tells.
    if (admitted.route.method === "POST") await world.store.flush();
    if (reply === null) return { status: 0, outcome: lose(response), ruleIds };
    await wait(fault?.delayMs);
    const outcome = await sendAnswer(response, toAnswer(reply, fault, world), signal);
    return { status: reply.status, outcome, ruleIds };
  }

  /** Ends early, without an error, when the server closes. */
  async function wait(milliseconds: number | undefined): Promise<void> {
    if (milliseconds) await sleep(milliseconds, undefined, { signal }).catch(() => {});
  }
}

function fail(error: unknown, response: ServerResponse): Sent {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  if (response.headersSent) return { status: 0, outcome: lose(response), ruleIds: [] };
  response.writeHead(500).end();
  return { status: 500, outcome: "answered", ruleIds: [] };
}
