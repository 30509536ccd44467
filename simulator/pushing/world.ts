import { drawText } from "../chance.ts";
import { createMessenger, type Hook, type Messenger, RETRY_AFTER_MS } from "./messenger.ts";
import { createOrders, type Orders } from "./orders.ts";
import type { Rule } from "./rules.ts";

export type Settings = {
  apiKey: string;
  seed: number;
  /** From creation to fulfilment. */
  completeAfterMs: number;
  retryAfterMs: readonly number[];
  /** What a create under a reference that is known makes: the same order, a refusal, or another order. */
  onRepeat: "same" | "conflict" | "new";
  /** Below it, `balance.low` is told. In cents. */
  lowBalanceCents: number;
};

/** The supplier as it stands, in memory. */
export type World = {
  settings: Settings;
  rules: Rule[];
  hook: Hook | null;
  balanceCents: number;
  orders: Orders;
  messenger: Messenger;
  now(): number;
  told(at: number): Date;
  newId(prefix: string): string;
};

export const DEFAULTS: Settings = {
  apiKey: "simulator-key",
  seed: 1,
  completeAfterMs: 1_500,
  retryAfterMs: RETRY_AFTER_MS,
  onRepeat: "same",
  lowBalanceCents: 10_000,
};

const START_CENTS = 250_000;

export function createWorld(given: Partial<Settings>, hook: Hook | null, now: () => number): World {
  const settings = { ...DEFAULTS, ...given };
  const startedAt = now();
  let ids = 0;
  const world: Omit<World, "orders" | "messenger"> = {
    settings,
    rules: [],
    hook,
    balanceCents: START_CENTS,
    now,
    told: (at) => new Date(at),
    newId: (prefix) => {
      const text = drawText(
        20,
        "abcdefghjkmnpqrstvwxyz0123456789",
        settings.seed,
        startedAt,
        ids++,
      );
      return `${prefix}_${text}`;
    },
  };
  const whole = world as World;
  whole.messenger = createMessenger(whole);
  whole.orders = createOrders(whole);
  return whole;
}
