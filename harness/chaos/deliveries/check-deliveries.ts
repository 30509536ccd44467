import type { DeliveryFacts, Receipt, ToldEndpoint, TriedDelivery } from "./facts.ts";

const MOST_TRIES = 7;
/** What had begun before an endpoint was left alone may take its time: a try, and finding its codes. */
const UNDER_WAY_MS = 20_000;
/** Between the instant that a pause notes and its commit. */
const COMMIT_MS = 1_000;

/** Sentences on everything that must not be; none where all is well. Pure. */
export function checkDeliveries(facts: DeliveryFacts): string[] {
  return [
    ...arrived(facts),
    ...counted(facts),
    ...knownAlone(facts),
    ...leftAlone(facts),
    ...inOrder(facts),
  ];
}

const keyOf = (endpoint: string, eventId: string): string => `${endpoint} ${eventId}`;

function byKey({ deliveries }: DeliveryFacts): Map<string, TriedDelivery> {
  return new Map(deliveries.map((each) => [keyOf(each.endpoint, each.eventId), each]));
}

function taken(facts: DeliveryFacts, endpoint: string): Map<string, Receipt[]> {
  const found = new Map<string, Receipt[]>();
  for (const receipt of facts.received.get(endpoint) ?? []) {
    if (receipt.isTaken) found.set(receipt.id, [...(found.get(receipt.id) ?? []), receipt]);
  }
  return found;
}

/** I8, I9: each event reached each endpoint that was on, by the receiver's own record. */
function arrived(facts: DeliveryFacts): string[] {
  const deliveries = byKey(facts);
  return facts.endpoints.flatMap(({ name, disabledAt }) => {
    const has = taken(facts, name);
    return facts.events.flatMap(({ id }) => {
      const delivery = deliveries.get(keyOf(name, id));
      const what = `event ${id} at ${name}`;
      if (!delivery) return [`${what} has no delivery`];
      const { state, reason, tries } = delivery;
      if (state === "success")
        return has.has(id) ? [] : [`${what} is a success, and never arrived`];
      if (state === "failed" && tries === MOST_TRIES) return [];
      if (state === "not_apply" && reason === "endpoint_disabled" && disabledAt !== null) return [];
      return [`${what} is ${state} (${reason ?? "no reason"}) after ${tries} tries`];
    });
  });
}

/** Tries are written down, seven at the most; what came twice came by a try that went wrong. */
function counted(facts: DeliveryFacts): string[] {
  const requests = new Map<string, number>();
  for (const [endpoint, receipts] of facts.received) {
    for (const { id } of receipts) {
      const key = keyOf(endpoint, id);
      requests.set(key, (requests.get(key) ?? 0) + 1);
    }
  }
  return facts.deliveries.flatMap(({ eventId, endpoint, tries, attempts }) => {
    const what = `event ${eventId} at ${endpoint}`;
    const came = requests.get(keyOf(endpoint, eventId)) ?? 0;
    const wentWrong = attempts.filter(({ outcome }) => outcome !== "accepted").length;
    return [
      ...(tries > MOST_TRIES ? [`${what} was tried ${tries} times`] : []),
      ...(tries !== attempts.length
        ? [`${what} was tried ${tries} times, and ${attempts.length} tries are written down`]
        : []),
      ...(came > attempts.length ? [`${what} came ${came} times in ${attempts.length} tries`] : []),
      ...(came > 1 + wentWrong
        ? [`${what} came ${came} times, and ${wentWrong} tries failed`]
        : []),
    ];
  });
}

/** I4: nothing is told that was never announced, and everything by us. */
function knownAlone({ events, received }: DeliveryFacts): string[] {
  const known = new Set(events.map(({ id }) => id));
  return [...received].flatMap(([endpoint, receipts]) =>
    receipts.flatMap(({ id, isGenuine }) => [
      ...(known.has(id) ? [] : [`${endpoint} was told of ${id}, which was never announced`]),
      ...(isGenuine ? [] : [`${endpoint} can't verify ${id}`]),
    ]),
  );
}

/** I11, of tries by their beginning and of requests by their coming. */
function leftAlone({ endpoints, deliveries, received }: DeliveryFacts): string[] {
  return endpoints.flatMap((endpoint) => {
    const spans = spansOf(endpoint);
    const within = (at: Date, afterMs: number) =>
      spans.some(({ from, until }) => at.getTime() > from.getTime() + afterMs && at < until);
    const tried = deliveries.filter(
      (each) =>
        each.endpoint === endpoint.name &&
        each.attempts.some(({ startedAt }) => within(startedAt, COMMIT_MS)),
    );
    const came = (received.get(endpoint.name) ?? []).filter(
      ({ at }) => at !== null && within(at, UNDER_WAY_MS),
    );
    return [
      ...tried.map(({ id }) => `delivery ${id} was tried while ${endpoint.name} was off`),
      ...came.map(({ id }) => `${endpoint.name} was told of ${id} while it was off`),
    ];
  });
}

function spansOf({ pauses, disabledAt }: ToldEndpoint): { from: Date; until: Date }[] {
  const off = disabledAt === null ? [] : [{ from: disabledAt, until: new Date(8.64e15) }];
  return [...pauses, ...off];
}

/** Where it was asked for, an order's event comes when the one before has come, or been given up. */
function inOrder(facts: DeliveryFacts): string[] {
  const events = new Map(facts.events.map((event) => [event.id, event]));
  return facts.endpoints.flatMap(({ name, isOrdered }) => {
    if (!isOrdered) return [];
    const last = new Map<string, number>();
    const seen = new Set<string>();
    return (facts.received.get(name) ?? []).flatMap(({ id }) => {
      const { orderId = null, sequence = null } = events.get(id) ?? {};
      // What comes once more, by a try that was taken for lost, says nothing new.
      if (orderId === null || sequence === null || seen.has(id)) return [];
      seen.add(id);
      const before = last.get(orderId) ?? 0;
      last.set(orderId, Math.max(before, sequence));
      return sequence < before
        ? [`${name} was told of event ${sequence} of order ${orderId} after event ${before}`]
        : [];
    });
  });
}
