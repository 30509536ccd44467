import { type Actor, can } from "#lib/access/actor.ts";
import { readPlacementMode } from "#lib/placement/capabilities.ts";
import type { Core } from "#lib/platform/core.ts";
import { compareAmounts } from "#lib/platform/money.ts";
import type { BalanceSample } from "#prisma/generated/client.ts";
import { type Doubt, settledAt } from "./doubt.ts";
import { maySendAgain } from "./may-send-again.ts";
import { pictureOf } from "./picture.ts";
import { readTooLong } from "./read-too-long.ts";
import { toCandidate } from "./to-candidate.ts";
import type { Evidence, GateWait } from "./types.ts";

const MOST_LISTINGS = 20;
const MOST_TWINS = 20;

/** Everything known about an unconfirmed order that may or may not exist at the supplier. */
export async function readEvidence(
  core: Core,
  actor: Actor,
  orderId: string,
  doubt: Doubt,
): Promise<Evidence> {
  const { supplierId, fingerprint, settlingMs, isExclusive } = doubt;
  const key = { supplierId, fingerprint };
  const [gate, listings, twins, order, mode, searchedInVain] = await Promise.all([
    core.db.placementGate.findUnique({ where: { supplierId_fingerprint: key } }),
    core.db.gatePass.findMany({
      where: key,
      orderBy: [{ startedAt: "desc" }, { id: "desc" }],
      take: MOST_LISTINGS,
    }),
    core.db.order.findMany({
      where: { ...key, status: { in: ["submitting", "unconfirmed"] }, id: { not: orderId } },
      orderBy: { id: "asc" },
      take: MOST_TWINS,
      select: { id: true, status: true, createdAt: true },
    }),
    core.db.order.findUniqueOrThrow({
      where: { id: orderId },
      select: {
        currency: true,
        agreedTotal: true,
        isMock: true,
        proposal: true,
        supplier: { select: { secondPersonAbove: true } },
        attempts: {
          where: { kind: "create", outcome: { in: ["unknown"] }, resolution: null },
          orderBy: { startedAt: "asc" },
        },
      },
    }),
    readPlacementMode(core, supplierId),
    readTooLong(core.db, orderId),
  ]);
  const { proposal, supplier, attempts } = order;
  const line = supplier.secondPersonAbove;
  const isAboveLine =
    line !== null &&
    !order.isMock &&
    compareAmounts(order.agreedTotal.toFixed(), line.toFixed()) > 0;
  const mayDecide = can(actor, "orders.decide");
  return {
    mode,
    sends: attempts.map((attempt) => ({
      id: attempt.id,
      at: attempt.startedAt.toISOString(),
      firstByteAt: attempt.firstByteAt?.toISOString() ?? null,
      endedAt: attempt.finishedAt?.toISOString() ?? null,
      reason: attempt.detail,
      httpStatus: attempt.httpStatus,
    })),
    candidates: doubt.candidates.map((candidate) => toCandidate(candidate, doubt)),
    listings: listings.map((pass) => ({
      id: pass.id,
      at: pass.startedAt.toISOString(),
      pages: pass.pages,
      seen: pass.seen,
      complete: pass.complete,
      problem: pass.problem,
      candidates: pass.candidates.length,
    })),
    balance: await balanceAround(core, doubt, order.currency),
    gate:
      gate?.frozenAt && gate.nextPassAt
        ? {
            frozenAt: gate.frozenAt.toISOString(),
            waitsFor: gate.waitsFor as GateWait,
            why: gate.waitsWhy,
            nextPassAt: gate.nextPassAt.toISOString(),
            settledAt: settledAt(doubt)?.toISOString() ?? null,
          }
        : null,
    searchedInVain,
    assumptions: { settlingMs, isExclusive },
    twins: twins.map(({ id, status, createdAt }) => ({
      orderId: id,
      status,
      createdAt: createdAt.toISOString(),
    })),
    picture: pictureOf(doubt),
    proposal: proposal && {
      by: proposal.actorName,
      at: proposal.at.toISOString(),
      reason: proposal.reason,
      isOwn: actor.kind === "user" && actor.id === proposal.actorId,
    },
    may: {
      decide: mayDecide,
      needsSecondPerson: isAboveLine,
      sendAgain: mayDecide && maySendAgain(doubt, core.now()),
    },
  };
}

/** The last sample before the first unclear send, and the newest after it: an independent witness. */
async function balanceAround(
  core: Core,
  { supplierId, sends }: Doubt,
  currency: string,
): Promise<Evidence["balance"]> {
  const sent = sends[0]?.at;
  if (!sent) return { currency, before: null, after: null };
  const of = { supplierId, currency };
  const [first, last] = await Promise.all([
    core.db.balanceSample.findFirst({
      where: { ...of, sampledAt: { gt: sent } },
      orderBy: { id: "asc" },
    }),
    core.db.balanceSample.findFirst({ where: of, orderBy: { id: "desc" } }),
  ]);
  // A sample that is seen again unchanged only moves its time: it may be older than the send.
  const isOlder = first !== null && madeAt(first.id) <= sent;
  const before = isOlder
    ? first
    : await core.db.balanceSample.findFirst({
        where: { ...of, sampledAt: { lte: sent } },
        orderBy: { id: "desc" },
      });
  const shown = (sample: BalanceSample, at: Date) => ({
    available: sample.available.toFixed(),
    at: at.toISOString(),
  });
  return {
    currency,
    before: before && shown(before, isOlder ? sent : before.sampledAt),
    after: first && last && shown(last, last.sampledAt),
  };
}

/** The time in a UUIDv7. */
const madeAt = (id: string): Date =>
  new Date(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16));
