import { catchUp } from "../catch-up.ts";
import { addRule, newRuleSchema } from "../control/rules.ts";
import { truth } from "../control/truth.ts";
import { act, admit } from "../exchange.ts";
import { type ForeignOrder, foreignOrderSchema, placeForeign } from "../foreign-order.ts";
import { headOf, toAnswer } from "../http/to-answer.ts";
import { memoryStore } from "../store.ts";
import {
  completeSettings,
  createWorld,
  emptyState,
  type GivenSettings,
  type World,
} from "../world.ts";

export type InProcessRequest = {
  method: string;
  /** With its query, as in `/api/orders/?limit=50`. */
  path: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Null where there is none. */
  body: string | null;
};

/** What the caller of one request gets to see. */
export type InProcessAnswer = {
  /** Null where the connection broke before a complete head. */
  status: number | null;
  /** Names in lower case; empty without a status. */
  headers: Record<string, string>;
  /** As much of it as arrived. */
  body: Buffer;
  /** False where the connection broke before the end. */
  isComplete: boolean;
  /** What the delays of a rule come to. Nothing here waits: the effect is there already. */
  delayMs: number;
};

export type InProcess = {
  request(request: InProcessRequest): InProcessAnswer;
  /** Everything the supplier knows, told or not; brought up to the present first. */
  truth(): ReturnType<typeof truth>;
  /** What somebody else orders from the same account. Answers as the supplier does. */
  addForeign(order: ForeignOrder): { status: number; json?: unknown };
  /** Adds a rule, as `POST /rules` does, and gives its id. Throws a sentence for one that can't be. */
  addRule(rule: { match?: unknown; do: unknown }): string;
  clearRules(): void;
  /** Lets late calls land and orders end, up to now. Every request and `truth` does so by itself. */
  catchUp(): void;
  /** When the next late call lands, on the simulator's clock; null when none is under way. */
  nextLandingAt(): number | null;
  world: World;
};

/**
 * The supplier without sockets, timers or files, for simulations in virtual time: the same routes,
 * rules and faults, each request answered before the call returns. `now` gives milliseconds since
 * 1970 and is the only clock. The same options and requests always give the same answers.
 */
export function openInProcess(options: GivenSettings & { now: () => number }): InProcess {
  const { now, ...given } = options;
  const settings = completeSettings(given);
  const world = createWorld(
    settings,
    memoryStore(() => emptyState(settings)),
    now,
  );
  return {
    request: (request) => answerTo(request, world),
    truth: () => truth(world),
    addForeign: (order) => placeForeign(foreignOrderSchema.parse(order), world),
    addRule(rule) {
      const added = addRule(newRuleSchema.parse(rule), world);
      if (!added.ok) throw new Error(added.why);
      return added.rule.id;
    },
    clearRules() {
      world.store.state.rules.length = 0;
    },
    catchUp: () => catchUp(world),
    nextLandingAt: () =>
      world.store.state.landings.reduce<number | null>(
        (next, { at }) => (next === null ? at : Math.min(next, at)),
        null,
      ),
    world,
  };
}

function answerTo({ method, path, headers, body }: InProcessRequest, world: World) {
  const url = new URL(path, "http://simulator");
  const request = { method, path: url.pathname, query: url.searchParams, headers };
  const admitted = admit({ ...request, body: body ?? "" }, world);
  if (!("route" in admitted)) return arrived(admitted, null, world);
  const reply = act(admitted, world);
  const { reply: fault } = admitted.picked;
  const delayMs = (fault?.delayBeforeMs ?? 0) + (fault?.delayMs ?? 0);
  if (reply === null) return { ...nothing, delayMs };
  const answer = arrived(reply, fault, world);
  const drippedMs = (fault?.dripMsPerByte ?? 0) * answer.body.length;
  return { ...answer, delayMs: delayMs + drippedMs };
}

const nothing: InProcessAnswer = {
  status: null,
  headers: {},
  body: Buffer.alloc(0),
  isComplete: false,
  delayMs: 0,
};

/** How far an answer gets on its way out. */
function arrived(...[reply, fault, world]: Parameters<typeof toAnswer>): InProcessAnswer {
  const { status, headers, body, cutAt } = toAnswer(reply, fault, world);
  const bodyBytes = cutAt === null ? body.length : cutAt - headOf({ status, headers }).length;
  if (bodyBytes < 0) return nothing;
  const isComplete = bodyBytes >= body.length;
  return { status, headers, body: body.subarray(0, bodyBytes), isComplete, delayMs: 0 };
}
