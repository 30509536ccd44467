/** Why a frozen gate doesn't open yet. */
export type GateWait = "outstanding" | "settling" | "second_pass" | "incomplete" | "person";

/** One create call whose outcome is unknown. */
export type UnclearSend = { attemptId: string; orderId: string; at: Date };

export type Candidate = {
  supplierOrderId: string;
  createdAt: Date | null;
  match: "same" | "unclear";
};

export type EarlierPass = { at: Date; isComplete: boolean; candidates: string[] };

export type GateFacts = {
  /** Nobody else places orders with the account. */
  isExclusive: boolean;
  /** Sends of this basket that nobody has an answer to yet. */
  outstanding: number;
  /** Oldest first. */
  sends: UnclearSend[];
  /** In the order in which they are given out: oldest first, those that have run out last. */
  candidates: Candidate[];
  /** This listing reached back beyond the oldest unclear send. */
  isComplete: boolean;
  /** From then on nothing that was sent can land any more. */
  settledAt: Date;
  /** When this listing began. */
  listedAt: Date;
  /** The listings before this one, newest first. */
  earlier: EarlierPass[];
  now: Date;
};

export type GateDecision =
  | { kind: "wait"; waitsFor: GateWait; why: string | null; inMs: number }
  | {
      kind: "resolve";
      claims: { orderId: string; supplierOrderId: string }[];
      /** Orders of which it is now known that they don't exist. */
      notCreated: string[];
    };

/** Whoever is still sending is done, or taken for dead, by then. */
export const OUTSTANDING_MS = 5_000;
/** A list that lags behind, or comes from a cache, has moved on by then. */
export const BETWEEN_PASSES_MS = 30_000;
/** A person decides; the picture is kept fresh meanwhile. */
const FOR_A_PERSON_MS = 5 * 60_000;
const INCOMPLETE_MS = 60_000;

/**
 * What a listing makes of a frozen gate (mode B: by counting). Intents with one basket ask for the
 * same goods, so any of their supplier orders satisfies any of them: it is enough to know how many
 * exist. That is known once nothing can land any more and two listings in a row agree.
 */
export function decideGate(facts: GateFacts): GateDecision {
  const { sends, candidates, now, settledAt, listedAt } = facts;
  if (facts.outstanding > 0) {
    return { kind: "wait", waitsFor: "outstanding", why: null, inMs: OUTSTANDING_MS };
  }
  if (!facts.isComplete) {
    const why = "The supplier's list could not be read back far enough.";
    return { kind: "wait", waitsFor: "incomplete", why, inMs: INCOMPLETE_MS };
  }
  if (candidates.some(({ match }) => match === "unclear")) {
    return forPerson("The supplier shows too little of an order to tell whether it is this one.");
  }
  if (candidates.length > sends.length) {
    return forPerson(
      `${candidates.length} supplier orders fit, and ${sends.length} ${sends.length === 1 ? "was" : "were"} sent.`,
    );
  }
  // All that was sent has landed: nothing is left that could land late.
  const isAccounted = candidates.length === sends.length && facts.isExclusive;
  if (!isAccounted) {
    if (listedAt < settledAt) {
      const left = settledAt.getTime() - now.getTime();
      // Listings before then settle something only where all that was sent may be seen to have landed.
      const inMs = Math.max(1_000, facts.isExclusive ? Math.min(left, BETWEEN_PASSES_MS) : left);
      return { kind: "wait", waitsFor: "settling", why: null, inMs };
    }
    if (!isConfirmed(facts)) {
      return { kind: "wait", waitsFor: "second_pass", why: null, inMs: BETWEEN_PASSES_MS };
    }
  }
  return resolve(sends, candidates);
}

/** Oldest to oldest, one for each order; what is left over was the making-again of a free create. */
function resolve(sends: UnclearSend[], candidates: Candidate[]): GateDecision {
  const orders = [...new Set(sends.map(({ orderId }) => orderId))];
  const claims = orders.flatMap((orderId, index) => {
    const candidate = candidates[index];
    return candidate ? [{ orderId, supplierOrderId: candidate.supplierOrderId }] : [];
  });
  return { kind: "resolve", claims, notCreated: orders.slice(claims.length) };
}

const forPerson = (why: string): GateDecision => ({
  kind: "wait",
  waitsFor: "person",
  why,
  inMs: FOR_A_PERSON_MS,
});

/**
 * Listings made since nothing can land any more have shown just the same for long enough, this one
 * among them. One that a person's decision brought forward doesn't count as the second by itself.
 */
function isConfirmed({ earlier, candidates, settledAt, listedAt }: GateFacts): boolean {
  const ids = candidates.map(({ supplierOrderId }) => supplierOrderId).sort();
  let since = listedAt;
  for (const { at, isComplete, candidates: before } of earlier) {
    const isSame = before.length === ids.length && ids.every((id, index) => id === before[index]);
    if (!isComplete || !isSame || at < settledAt) break;
    since = at;
  }
  return listedAt.getTime() - since.getTime() >= BETWEEN_PASSES_MS;
}
