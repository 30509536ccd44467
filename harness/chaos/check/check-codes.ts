/** I5, I6, I19: every code that the supplier issued is stored, in its place, once and for good. */
import { isDeepStrictEqual } from "node:util";
import { isStocked } from "#lib/codes/lifecycle.ts";
import {
  type Facts,
  group,
  type StoredCode,
  type StoredItem,
  type StoredOrder,
  type TrueOrder,
  type Violation,
} from "./facts.ts";

export function checkCodes(facts: Facts): Violation[] {
  return [
    ...facts.stored.orders.flatMap((order) => [
      ...checkPlaces(facts, order),
      ...checkWithheld(order),
    ]),
    ...checkOnce(facts),
    ...checkUnchanged(facts),
  ];
}

/** I5: position by position. An answer that lied leaves its own trace, which is allowed for. */
function checkPlaces({ truth }: Facts, order: StoredOrder): Violation[] {
  if (order.supplierOrderId === null) return [];
  const id = order.supplierOrderId.toLowerCase();
  const there = truth.orders.find((one) => one.id === id);
  if (!there) return [];
  return order.items.flatMap((item) => {
    const issued =
      there.status === "completed" ? placesOf(there.items[item.position]?.codes ?? []) : [];
    const lies = truth.lies
      .filter((lie) => lie.orderId === id && lie.item === item.position)
      .map(({ externalData }) => placesOf(externalData));
    return checkItem(order, item, issued, lies);
  });
}

function checkItem(
  order: StoredOrder,
  item: StoredItem,
  issued: unknown[],
  lies: unknown[][],
): Violation[] {
  const found: Violation[] = [];
  const violation = (id: string, detail: string) =>
    found.push({ id, orderId: order.id, detail: `line ${item.position + 1}: ${detail}` });
  const isEnded = order.status === "completed" || order.status === "partial";
  for (const [position, code] of issued.entries()) {
    const stored = item.codes.filter((one) => one.position === position);
    if (stored.length === 0 && isEnded) {
      violation("I5", `code ${position + 1} of ${issued.length} was issued, and is not stored`);
    }
    if (stored.length > 1) violation("I5", `place ${position + 1} is taken ${stored.length} times`);
    const told = [code, ...lies.map((lie) => lie[position])];
    for (const one of stored) {
      if (!told.some((raw) => isDeepStrictEqual(raw, one.raw))) {
        violation("I5", `place ${position + 1} holds a code that was never told there`);
      }
    }
  }
  for (const { position, raw } of item.codes) {
    const wasTold = lies.some((lie) => isDeepStrictEqual(lie[position], raw));
    if (position >= issued.length && !wasTold) {
      violation("I5", `place ${position + 1} holds a code that was never issued`);
    }
  }
  return found;
}

/** `{codes: […]}` is as many entries as it holds; anything else is one. */
function placesOf(externalData: unknown[]): unknown[] {
  return externalData.flatMap((entry) => {
    const codes = (entry as { codes?: unknown } | null)?.codes;
    return Array.isArray(codes) ? codes : [entry];
  });
}

/** I19: an order that came to nothing hands nothing out. */
function checkWithheld(order: StoredOrder): Violation[] {
  if (!["cancelled", "failed", "refunded"].includes(order.status)) return [];
  const open = order.items.flatMap(({ codes }) => codes).filter(({ state }) => isStocked(state));
  if (open.length === 0) return [];
  return [
    {
      id: "I19",
      orderId: order.id,
      detail: `is ${order.status}, and hands out ${open.length} codes`,
    },
  ];
}

/** I5: a code that was issued once is stored once, whichever order has it. */
function checkOnce({ truth, stored }: Facts): Violation[] {
  const issued = group(
    truth.orders.filter(({ status }) => status === "completed").flatMap(issuedBy),
    (code) => JSON.stringify(code),
  );
  const places = stored.orders.flatMap(({ id, items }) =>
    items.flatMap(({ codes }) => codes.map((code) => ({ orderId: id, code }))),
  );
  return [...group(places, ({ code }) => JSON.stringify(code.raw))].flatMap(([code, holders]) => {
    const times = issued.get(code)?.length ?? 0;
    // One that was only ever told falsely is judged by its place.
    if (times === 0 || holders.length <= times) return [];
    const detail = `a code that was issued ${times} times is stored ${holders.length} times`;
    return [{ id: "I5", orderId: holders[0]?.orderId ?? null, detail }];
  });
}

const issuedBy = ({ items }: TrueOrder): unknown[] => items.flatMap(({ codes }) => placesOf(codes));

/** I6: what was once seen stored is there still, as it was. */
function checkUnchanged({ stored, history }: Facts): Violation[] {
  const now = new Map<string, { code: StoredCode; orderId: string }>(
    stored.orders.flatMap(({ id: orderId, items }) =>
      items.flatMap(({ codes }) => codes.map((code) => [code.id, { code, orderId }] as const)),
    ),
  );
  return [...history.codes].flatMap(([id, before]): Violation[] => {
    const found = now.get(id);
    if (!found) return [{ id: "I6", orderId: null, detail: `code ${id} was stored, and is gone` }];
    const { code, orderId } = found;
    if (code.sealed === before.sealed && code.blindIndex === before.blindIndex) return [];
    return [{ id: "I6", orderId, detail: `code ${id} is not what it was` }];
  });
}
