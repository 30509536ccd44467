import { type Actor, can, requirePermission } from "#lib/access/actor.ts";
import type { Json } from "#lib/platform/json.ts";
import type { SuppliersContext } from "./context.ts";
import { kindNamed } from "./kinds.ts";
import { isFromEnvironment } from "./open-account.ts";
import { readSupplierRows, rightsOf } from "./read-supplier-rows.ts";
import { readTimes } from "./read-times.ts";
import type { InboundView, RawAnswer, SecretView, SupplierDetail } from "./room-types.ts";
import type { SupplierKind } from "./supplier-kind.ts";

const ANSWERS = 10;

type Ctx = Pick<SuppliersContext, "db" | "suppliers" | "env" | "now">;

/** One account with all that its page shows; null where there is none. Throws `forbidden`. */
export async function readSupplierDetail(
  ctx: Ctx,
  actor: Actor,
  slug: string,
): Promise<SupplierDetail | null> {
  requirePermission(actor, "suppliers.read");
  const found = await ctx.db.supplier.findUnique({
    where: { slug },
    select: { id: true, config: true, revision: true, createdAt: true, secrets: SHOWN_OF_SECRETS },
  });
  const summary = found && (await readSupplierRows(ctx)).find(({ id }) => id === found.id);
  if (!found || !summary) return null;
  const account = ctx.suppliers.byId(found.id);
  const kind = kindNamed(summary.kind);
  const isFixed = isFromEnvironment(ctx, slug);
  const [times, inbound, answers] = await Promise.all([
    readTimes(ctx, found.id),
    kind && takesMessages(kind) ? readInbound(ctx, found.id, slug) : null,
    can(actor, "orders.answers") ? readAnswers(ctx, found.id) : null,
  ]);
  const may = rightsOf(actor);
  return {
    ...summary,
    revision: found.revision,
    currency: account?.currency ?? null,
    config: may.manage ? (found.config as Record<string, Json>) : null,
    traits: account?.supplier.traits ?? null,
    secrets: kind
      ? kind.secrets.map((field) => secretView(ctx, field, found.secrets, isFixed))
      : [],
    times,
    inbound: inbound && {
      ...inbound,
      isOpen: account?.inbound != null && isProved(kind, found.secrets),
    },
    answers,
    createdAt: found.createdAt.toISOString(),
    may,
    readAt: ctx.now().toISOString(),
  };
}

/** Never `sealed`. */
const SHOWN_OF_SECRETS = {
  select: {
    name: true,
    lastFour: true,
    createdAt: true,
    createdBy: true,
    replacedAt: true,
    endsAt: true,
  },
} as const;

type SecretColumns = {
  name: string;
  lastFour: string;
  createdAt: Date;
  createdBy: string;
  replacedAt: Date | null;
  endsAt: Date | null;
};

function secretView(
  ctx: Ctx,
  { name, proves, isRequired, isGenerated }: SupplierKind["secrets"][number],
  all: SecretColumns[],
  isFromEnvironmentAccount: boolean,
): SecretView {
  const own = all.filter((one) => one.name === name);
  const current = own.find(({ replacedAt }) => replacedAt === null);
  return {
    name,
    proves,
    isRequired,
    isGenerated,
    isFromEnvironment: isFromEnvironmentAccount,
    current: current
      ? {
          lastFour: current.lastFour,
          createdAt: current.createdAt.toISOString(),
          createdBy: current.createdBy,
        }
      : null,
    replaced: own.flatMap(({ lastFour, endsAt }) =>
      endsAt && endsAt > ctx.now() ? [{ lastFour, endsAt: endsAt.toISOString() }] : [],
    ),
  };
}

/** Whether a secret is set that proves what comes. */
const isProved = (kind: SupplierKind | null, secrets: SecretColumns[]): boolean =>
  (kind?.secrets ?? []).some(
    ({ name, proves }) =>
      proves === "them" && secrets.some((one) => one.name === name && one.replacedAt === null),
  );

const takesMessages = ({ secrets }: SupplierKind): boolean =>
  secrets.some(({ proves }) => proves === "them");

async function readInbound(
  { db }: Ctx,
  supplierId: string,
  slug: string,
): Promise<Omit<InboundView, "isOpen">> {
  const [row] = await db.$queryRaw<{ lastAt: Date | null; taken: number; troubled: number }[]>`
    select max(received_at) as "lastAt",
      count(*) filter (where received_at >= now() - interval '1 day')::int as taken,
      count(*) filter (where state in ('unmatched', 'unreadable', 'failed'))::int as troubled
    from inbox_messages where supplier_id = ${supplierId}::uuid`;
  return {
    path: `/api/webhooks/${slug}`,
    lastAt: row?.lastAt?.toISOString() ?? null,
    taken: row?.taken ?? 0,
    troubled: row?.troubled ?? 0,
  };
}

/** Every code in them is masked; they are what `record` has kept. */
async function readAnswers({ db }: Ctx, supplierId: string): Promise<RawAnswer[]> {
  const rows = await db.order.findMany({
    where: { supplierId, lastLookedAt: { not: null } },
    orderBy: { id: "desc" },
    take: ANSWERS,
    select: { id: true, lastLookedAt: true, supplierWord: true, lastAnswer: true },
  });
  return rows.flatMap(({ id, lastLookedAt, supplierWord, lastAnswer }) =>
    lastLookedAt === null || lastAnswer === null
      ? []
      : [
          {
            orderId: id,
            at: lastLookedAt.toISOString(),
            word: supplierWord,
            answer: lastAnswer as Json,
          },
        ],
  );
}
