import { type Actor, can, requirePermission } from "#lib/access/actor.ts";
import { auditStoryOf } from "#lib/audit/read-story.ts";
import { bodyOf, type Payload } from "#lib/events/body-of.ts";
import { pageOf } from "#lib/events/page-of.ts";
import type { EventType } from "#lib/events/types.ts";
import type { Core } from "#lib/platform/core.ts";
import { isUuid } from "#lib/platform/ids.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import type { SentRequest } from "./channel.ts";
import type { DeliveriesContext } from "./context.ts";
import type { DeliveryState } from "./lifecycle.ts";
import { type DeliveryEndpoint, standingOf } from "./read-deliveries.ts";
import { readNow } from "./read-now.ts";
import { planOf } from "./retry-plan.ts";
import type { ChannelKind, PayloadStyle } from "./types.ts";

const MOST_LISTED = 50;

export type AttemptView = {
  id: string;
  number: number;
  startedAt: string;
  /** Null while under way. */
  finishedAt: string | null;
  outcome: "accepted" | "refused" | "failed" | "interrupted" | null;
  errorKind: string | null;
  status: number | null;
  tookMs: number | null;
  /** Without secrets and codes. */
  request: SentRequest | null;
  /** The beginning of the answer. */
  answer: string | null;
  /** How long the receiver asked to be left alone. */
  waitMs: number | null;
};

/** Another delivery of the same event. */
export type OtherDelivery = {
  id: string;
  state: DeliveryState;
  reason: string | null;
  createdAt: string;
  isResend: boolean;
  endpoint: Pick<DeliveryEndpoint, "id" | "name" | "channel"> | null;
};

/** What a person did to it. */
export type DeliveryAct = {
  id: string;
  at: string;
  actor: string;
  action: string;
  reason: string | null;
};

export type DeliveryDetail = {
  id: string;
  state: DeliveryState;
  reason: string | null;
  note: string | null;
  isMock: boolean;
  tries: number;
  /** With the retry plan as it is now. */
  mostTries: number;
  isTrying: boolean;
  nextAttemptAt: string | null;
  createdAt: string;
  finishedAt: string | null;
  resendOfId: string | null;
  endpoint:
    | (DeliveryEndpoint & { payload: PayloadStyle; openUntil: string | null; isOrdered: boolean })
    | null;
  event: {
    id: string;
    type: EventType;
    at: string;
    orderId: string | null;
    sequence: number | null;
    /** What an endpoint gets that asks for no more than the event itself. */
    payload: Payload;
  };
  attempts: AttemptView[];
  /** Newest first; the first ones. */
  others: OtherDelivery[];
  acts: DeliveryAct[];
  may: { send: boolean; manage: boolean };
  readAt: string;
};

const ENDPOINT = { id: true, name: true, channel: true } as const satisfies Prisma.EndpointSelect;

/** Everything about one delivery, without secrets and codes; null when there is none. */
export async function readDelivery(
  core: Core & Pick<DeliveriesContext, "consoleUrl">,
  actor: Actor,
  deliveryId: string,
): Promise<DeliveryDetail | null> {
  requirePermission(actor, "deliveries.read");
  if (!isUuid(deliveryId)) return null;
  const delivery = await core.db.delivery.findUnique({
    where: { id: deliveryId },
    include: {
      event: true,
      endpoint: { omit: { secrets: true } },
      attempts: { orderBy: { number: "asc" } },
    },
  });
  if (!delivery) return null;
  const [others, story, now] = await Promise.all([
    core.db.delivery.findMany({
      where: { eventId: delivery.eventId, id: { not: deliveryId } },
      orderBy: { id: "desc" },
      take: MOST_LISTED,
      include: { endpoint: { select: ENDPOINT } },
    }),
    auditStoryOf(core, [{ objectKind: "delivery", objectId: deliveryId }], MOST_LISTED),
    readNow(core),
  ]);
  const { event, endpoint } = delivery;
  return {
    id: delivery.id,
    state: delivery.state,
    reason: delivery.reason,
    note: delivery.note,
    isMock: delivery.isMock,
    tries: delivery.tries,
    mostTries: planOf(endpoint?.retryPlanMs ?? []).length + 1,
    isTrying: delivery.leaseUntil !== null && delivery.leaseUntil > now,
    nextAttemptAt: iso(delivery.nextAttemptAt),
    createdAt: delivery.createdAt.toISOString(),
    finishedAt: iso(delivery.finishedAt),
    resendOfId: delivery.resendOfId,
    endpoint: endpoint && {
      ...named(endpoint),
      standing: standingOf(endpoint, now),
      payload: endpoint.payload as PayloadStyle,
      openUntil: iso(endpoint.openUntil),
      isOrdered: endpoint.isOrdered,
    },
    event: {
      id: event.id,
      type: event.type as EventType,
      at: event.at.toISOString(),
      orderId: event.orderId,
      sequence: event.sequence,
      payload: bodyOf(event, pageOf(core.consoleUrl, event)).payload,
    },
    attempts: delivery.attempts.map(attemptView),
    others: others.map((other) => ({
      id: other.id,
      state: other.state,
      reason: other.reason,
      createdAt: other.createdAt.toISOString(),
      isResend: other.resendOfId !== null,
      endpoint: other.endpoint && named(other.endpoint),
    })),
    acts: story.map(({ seq, at, actorName, action, reason }) => ({
      id: String(seq),
      at: at.toISOString(),
      actor: actorName,
      action,
      reason,
    })),
    may: { send: can(actor, "deliveries.send"), manage: can(actor, "endpoints.manage") },
    readAt: now.toISOString(),
  };
}

type Attempt = Prisma.DeliveryAttemptGetPayload<Record<never, never>>;

const attemptView = (attempt: Attempt): AttemptView => ({
  id: attempt.id,
  number: attempt.number,
  startedAt: attempt.startedAt.toISOString(),
  finishedAt: iso(attempt.finishedAt),
  outcome: attempt.outcome as AttemptView["outcome"],
  errorKind: attempt.errorKind,
  status: attempt.status,
  tookMs: attempt.tookMs,
  request: attempt.request as SentRequest | null,
  answer: attempt.answer,
  waitMs: attempt.waitMs,
});

const named = ({ id, name, channel }: { id: string; name: string; channel: string }) => ({
  id,
  name,
  channel: channel as ChannelKind,
});

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;
