/** The ways in which the supplier goes wrong for a while. */
import { drawWeighted } from "../simulate/chance.ts";
import type { ChaosBounds } from "./plan.ts";
import type { SupplierRule } from "./supplier.ts";

export type Episode = { name: string; forMs: number; rules: SupplierRule[] };

/** In [0, 1), one after the other. */
type Chance = () => number;

type Kind = {
  weight: number;
  forMs: readonly [number, number];
  /** Silences the account for half a minute and more. */
  isLong?: true;
  rules: (chance: Chance, bounds: ChaosBounds) => SupplierRule[];
};

const between = (chance: Chance, least: number, most: number): number =>
  least + Math.floor(chance() * (most - least + 1));
const oneOf = <Item>(chance: Chance, ...items: readonly [Item, ...Item[]]): Item =>
  items[Math.floor(chance() * items.length)] ?? items[0];
const write = (chance: Chance) =>
  oneOf(chance, "create" as const, "create" as const, "pay" as const);
const read = (chance: Chance) => oneOf(chance, "get" as const, "list" as const);
const any = (chance: Chance) => oneOf(chance, write(chance), read(chance));

const USUAL = [4_000, 15_000] as const;
/** Two listings of one gate are further apart than that, so never do both lack the same order. */
const LESS_THAN_TWO_PASSES = [2_000, 8_000] as const;

const KINDS: Record<string, Kind> = {
  "reply lost, no effect": {
    weight: 6,
    forMs: USUAL,
    rules: (chance) => [
      { match: { endpoint: write(chance), share: 0.4 }, do: { loseReply: "before" } },
    ],
  },
  "reply lost, with effect": {
    weight: 8,
    forMs: USUAL,
    rules: (chance) => [
      { match: { endpoint: write(chance), share: 0.4 }, do: { loseReply: "after" } },
    ],
  },
  "late landing": {
    weight: 8,
    forMs: USUAL,
    rules: (chance, { landLateMs }) => [
      {
        match: { endpoint: write(chance), share: 0.4 },
        do: { landLateMs: between(chance, 200, landLateMs) },
      },
    ],
  },
  "server error": {
    weight: 4,
    forMs: USUAL,
    rules: (chance) => [
      {
        match: { endpoint: any(chance), share: 0.4 },
        do: {
          serverError: { status: oneOf(chance, 500, 502, 503, 504), effect: chance() < 0.5 },
        },
      },
    ],
  },
  "cut answer": {
    weight: 3,
    forMs: USUAL,
    rules: (chance) => [
      { match: { endpoint: any(chance), share: 0.4 }, do: { cutAt: between(chance, 1, 700) } },
    ],
  },
  garbled: {
    weight: 4,
    forMs: USUAL,
    rules: (chance) => [
      {
        match: { endpoint: any(chance), share: 0.4 },
        do: { garble: oneOf(chance, "truncated", "cut", "html", "wrong-types", "empty") },
      },
    ],
  },
  "rate limit": {
    weight: 3,
    forMs: [2_000, 6_000],
    rules: (chance) => [
      {
        match: { endpoint: oneOf(chance, "any" as const, any(chance)), share: 0.3 },
        do: {
          rateLimit: {
            retryAfter: between(chance, 1, 4),
            as: oneOf(chance, "seconds" as const, "date" as const),
          },
        },
      },
    ],
  },
  "odd rate limit": {
    weight: 1,
    isLong: true,
    forMs: [2_000, 4_000],
    rules: (chance) => [
      {
        match: { endpoint: any(chance), times: 1 },
        do: { rateLimit: oneOf(chance, { retryAfter: "-5" }, { retryAfter: "1.5" }, {}) },
      },
    ],
  },
  slow: {
    weight: 3,
    forMs: USUAL,
    rules: (chance, { supplierStallMs }) => [
      {
        match: { endpoint: any(chance), share: 0.5 },
        do: {
          [oneOf(chance, "delayMs", "delayBeforeMs")]: between(chance, 100, supplierStallMs),
        },
      },
    ],
  },
  dripping: {
    weight: 1,
    forMs: USUAL,
    rules: (chance) => [{ match: { endpoint: any(chance), share: 0.3 }, do: { dripMsPerByte: 2 } }],
  },
  "unknown word": {
    weight: 2,
    forMs: USUAL,
    rules: (chance) => [
      {
        match: { endpoint: oneOf(chance, "get", write(chance)), share: 0.4 },
        do: { unknownStatus: oneOf(chance, "on_hold", "Processing ", "выполнен") },
      },
    ],
  },
  "status back": {
    weight: 3,
    forMs: USUAL,
    rules: (chance) => [
      { match: { endpoint: read(chance), share: 0.5 }, do: { statusBack: true } },
    ],
  },
  "other codes": {
    weight: 3,
    forMs: USUAL,
    rules: (chance) => [
      {
        match: { endpoint: "get", share: 0.5 },
        do: oneOf<SupplierRule["do"]>(
          chance,
          { changeCodes: true },
          { growCodes: 1 },
          { shrinkCodes: 1 },
          { reorderCodes: true },
        ),
      },
    ],
  },
  "list lags": {
    weight: 3,
    forMs: USUAL,
    rules: (_, { listLagMs }) => [
      { match: { endpoint: "list" }, do: { hideFor: { ms: listLagMs } } },
    ],
  },
  "list leaves out": {
    weight: 2,
    forMs: LESS_THAN_TWO_PASSES,
    rules: () => [{ match: { endpoint: "list" }, do: { listDrop: 0.3 } }],
  },
  "odd list": {
    weight: 2,
    forMs: USUAL,
    rules: (chance) => [
      {
        match: { endpoint: "list" },
        do: oneOf<SupplierRule["do"]>(
          chance,
          { listDuplicate: 0.3 },
          { order: "oldest_first" },
          { bare: true },
          { omit: ["createdAt"] },
        ),
      },
    ],
  },
  "shows too little": {
    weight: 1,
    forMs: [1_000, 4_000],
    rules: (chance) => [
      {
        match: { endpoint: any(chance), share: 0.3 },
        do: { omit: [oneOf(chance, "note", "quantity", "isMock")] },
      },
    ],
  },
  envelope: {
    weight: 1,
    forMs: USUAL,
    rules: (chance) => [
      {
        match: { endpoint: oneOf(chance, "get", write(chance)) },
        do: { wrap: oneOf(chance, "data", "order") },
      },
    ],
  },
  "other ends": {
    weight: 3,
    forMs: USUAL,
    rules: (chance) => [
      {
        match: { endpoint: "create", share: 0.5 },
        do: oneOf<SupplierRule["do"]>(
          chance,
          { fail: {} },
          { fail: { keepMoney: true } },
          { cancel: { reason: "payment_failure" } },
          { cancel: { reason: null, when: "unpaid" } },
          { itemError: {} },
          { partialCodes: 1 },
          { extraCodes: 1 },
          { repeatCode: true },
          { completeAfter: { ms: 0 } },
        ),
      },
    ],
  },
  "clock off": {
    weight: 1,
    forMs: USUAL,
    rules: (chance) => [
      {
        match: { endpoint: "any", times: 1 },
        do: { clockOffsetMs: oneOf(chance, -40_000, 40_000) },
      },
    ],
  },
};

/** Draws how the supplier goes wrong next, and for how long. */
export function drawEpisode(chance: Chance, bounds: ChaosBounds): Episode {
  const weights = Object.fromEntries(
    Object.entries(KINDS)
      .filter(([, { isLong }]) => !(isLong && bounds.diesOnlyIdle))
      .map(([name, { weight }]) => [name, weight]),
  );
  const name = drawWeighted(weights, "episode", chance()) ?? "reply lost, with effect";
  const kind = KINDS[name];
  if (kind === undefined) throw new Error(`No episode ${name}`);
  const [least, most] = kind.forMs;
  return { name, forMs: between(chance, least, most), rules: kind.rules(chance, bounds) };
}

export const EPISODE_NAMES: readonly string[] = Object.keys(KINDS);
