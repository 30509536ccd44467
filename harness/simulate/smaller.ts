/** What is left out of a seed's run to make it shorter. Plain JSON, so that it fits on a command line. */
import { z } from "zod";
import type { Plan } from "./plan.ts";

const schema = z.strictObject({
  /** The orders that are placed, by their numbers. */
  orders: z.array(z.int().min(0)).optional(),
  /** Every form is posted once. */
  single: z.literal(true).optional(),
  /** Nobody else uses the account. */
  alone: z.literal(true).optional(),
  /** Nobody decides anything. */
  unattended: z.literal(true).optional(),
  /** One worker. */
  one: z.literal(true).optional(),
  /** No step waits for no reason. */
  steady: z.literal(true).optional(),
  /** The faults that happen, by name. */
  faults: z.array(z.string()).optional(),
});

export type Smaller = z.infer<typeof schema>;

/** Throws a sentence for text that isn't one. */
export function parseSmaller(text: string): Smaller {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error("--smaller has to be JSON, as a failure prints it.");
  }
  const read = schema.safeParse(json);
  if (!read.success) throw new Error(`--smaller: ${z.prettifyError(read.error)}`);
  return read.data;
}

export function makeSmaller(plan: Plan, smaller: Smaller): Plan {
  const kept = smaller.orders;
  return {
    ...plan,
    orders: plan.orders
      .filter(({ index }) => kept === undefined || kept.includes(index))
      .map((order) => (smaller.single ? { ...order, posts: 1 } : order)),
    ...(smaller.alone ? { foreign: [] } : {}),
    ...(smaller.unattended ? { people: 0 } : {}),
    ...(smaller.one ? { workers: 1 } : {}),
    ...(smaller.steady ? { slow: { often: 0, rarely: 0 } } : {}),
  };
}
