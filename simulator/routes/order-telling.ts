import type { Call } from "../http/router.ts";
import type { Order } from "../state.ts";
import type { World } from "../world.ts";
import { lieAbout } from "./order-lies.ts";
import { orderView } from "./order-view.ts";

/** An order as one answer tells it: true or not, and without the fields that are left out. */
export function tell(order: Order, { manner, lie }: Call, world: World): Record<string, unknown> {
  const view = orderView(order, world);
  const told = lie === null ? view : lieAbout(order, view, lie, world);
  const omitted: readonly string[] = manner?.omit ?? [];
  if (omitted.length === 0) return told;
  return { ...without(told, omitted), items: told.items.map((item) => without(item, omitted)) };
}

/** The same where the answer is about this order alone. */
export function tellOne(order: Order, call: Call, world: World): unknown {
  return wrapOne(tell(order, call, world), call);
}

export function wrapOne(json: object, { manner }: Call): unknown {
  return manner?.wrap === undefined ? json : { [manner.wrap]: json };
}

function without(object: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}
