/** Customers who wish for goods, and don't give up before somebody has written it down. */

import type { Actor } from "#lib/access/actor.ts";
import { OWN_REQUEST } from "#lib/audit/request-facts.ts";
import { placeOrder } from "#lib/orders/place-order.ts";
import { totalOf } from "#lib/platform/money.ts";
import { draw, drawBetween } from "../simulate/chance.ts";
import { type Wish, wishOf } from "./goods.ts";
import type { ChaosKeyhold } from "./keyhold.ts";
import { pauseFor, until } from "./moments.ts";
import type { ChaosPlan } from "./plan.ts";

/** One wish that Keyhold has answered for. */
export type Intent = { clientRef: string; orderIds: ReadonlySet<string> };

export type Customers = {
  wishes(): number;
  intents(): readonly Intent[];
  /** What could not even be written down, in sentences. */
  failures(): readonly string[];
  /** One wish, and no more until it is written down. */
  wish(): Promise<string | null>;
  /** Wishes at the planned pace until `signal` aborts, then waits until every one is written down. */
  run(signal: AbortSignal): Promise<void>;
};

type Ware = { id: string; price: string };

const ACTOR: Actor = {
  kind: "user",
  id: "00000000-0000-7000-8000-0000000000a1",
  name: "Asha Rao",
  email: "asha@keyhold.example",
  role: "operator",
  grants: ["codes.values", "export"],
  sessionId: "00000000-0000-7000-8000-0000000000a2",
  provedAt: null,
};

/** A database that is away for longer than this is a failed run. */
const PATIENCE_MS = 120_000;
/** Beyond that many a real console would turn people away. */
const MOST_AT_ONCE = 40;

export function createCustomers(
  keyhold: ChaosKeyhold,
  { seed, wishEveryMs }: ChaosPlan,
  wares: ReadonlyMap<string, Ware>,
): Customers {
  let wishes = 0;
  const answers = new Map<string, Set<string>>();
  const failures: string[] = [];
  const underWay = new Set<Promise<unknown>>();

  async function wish(): Promise<string | null> {
    const number = wishes;
    wishes += 1;
    const clientRef = `chaos-${seed}-${number}`;
    // Another tab, or a click too many: the same wish all the same.
    const posts = draw(seed, "posts", number) < 0.15 ? drawBetween(2, 4, seed, "many", number) : 1;
    const ids = await Promise.all(
      Array.from({ length: posts }, () => post(wishOf(seed, number), clientRef)),
    );
    return ids[0] ?? null;
  }

  /** Posts the form until it is answered; a person who is shown similar orders wants this one too. */
  async function post(wanted: Wish, clientRef: string): Promise<string | null> {
    const similarSeen = new Set<string>();
    const deadline = Date.now() + PATIENCE_MS;
    while (Date.now() < deadline) {
      try {
        const input = { ...formOf(wanted, clientRef), similarSeen: [...similarSeen].slice(-100) };
        const result = await placeOrder(keyhold, ACTOR, input, {
          ...OWN_REQUEST,
          correlationId: keyhold.newId(),
        });
        switch (result.kind) {
          case "placed":
          case "repeated":
            noteAnswer(clientRef, result.orderId);
            return result.orderId;
          case "similar":
            for (const { id } of result.orders) similarSeen.add(id);
            continue;
          case "reference_taken":
          case "short":
          case "paused":
          case "over_limit":
          case "invalid":
            failures.push(`${clientRef} was answered with ${JSON.stringify(result)}`);
            return null;
        }
      } catch (error) {
        keyhold.log.warn({ err: error, clientRef }, "not written down yet");
        await pauseFor(300);
      }
    }
    failures.push(`${clientRef} could not be written down for ${PATIENCE_MS / 1_000} s`);
    return null;
  }

  function formOf({ lines, isMock, customerRef }: Wish, clientRef: string) {
    const wanted = lines.map(({ slug, quantity, note }) => {
      const ware = wares.get(slug);
      if (!ware) throw new Error(`No ware ${slug}`);
      return { productId: ware.id, quantity, note, unitPrice: ware.price };
    });
    return {
      clientRef,
      lines: wanted.map(({ unitPrice: _, ...line }) => line),
      customerRef,
      isMock,
      agreedTotal: totalOf(wanted),
    };
  }

  function noteAnswer(clientRef: string, orderId: string): void {
    const ids = answers.get(clientRef) ?? new Set();
    answers.set(clientRef, ids.add(orderId));
  }

  return {
    wishes: () => wishes,
    intents: () => [...answers].map(([clientRef, orderIds]) => ({ clientRef, orderIds })),
    failures: () => failures,
    wish,
    async run(signal) {
      while (!signal.aborted) {
        await until(() => signal.aborted || underWay.size < MOST_AT_ONCE, PATIENCE_MS);
        // Sometimes several come at once.
        const together = draw(seed, "together", wishes) < 0.08 ? 4 : 1;
        for (let each = 0; each < together; each += 1) {
          const work = wish().finally(() => underWay.delete(work));
          underWay.add(work);
        }
        const wait = -Math.log(1 - draw(seed, "gap", wishes)) * wishEveryMs;
        await pauseFor(Math.min(wait, 5 * wishEveryMs), signal);
      }
      await Promise.all(underWay);
    },
  };
}
