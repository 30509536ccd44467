import pLimit from "p-limit";
import type { Core } from "#lib/platform/core.ts";
import { clockOffsetMs } from "./clock-offset.ts";
import type { Outcome, Supplier } from "./port.ts";
import { unstatedWait } from "./unstated-wait.ts";

/** A supplier account of ours: its row, its adapter, and how it is called. */
export type SupplierAccount = {
  id: string;
  slug: string;
  name: string;
  currency: string;
  supplier: Supplier;
};

export type CallKind = "read" | "write";

/** Nothing was sent: the account has to stay silent for so long, or (0) the permit was not given. */
export type NotCalled = { kind: "not_called"; silentMs: number };

/** Calls in flight from one process; what one public client of FoxReload allows itself. */
const IN_FLIGHT = { read: 8, write: 2 } as const;
/** A healthy account's time of last success, and its clock, are written down this often at most. */
const HEALTH_EVERY_MS = 5_000;

export type SupplierAccounts = {
  byId(id: string): SupplierAccount | null;
  all(): SupplierAccount[];
  /** Milliseconds for which the account must stay silent (`Retry-After`); 0 when it may be called. */
  silentForMs(core: Pick<Core, "db">, account: SupplierAccount): Promise<number>;
  /**
   * Makes one call under the account's limits and writes down its health. A 429 silences the whole
   * account, for every process; one that names no time gets 30, 60, then 120 s. Never retries; an
   * adapter that throws counts as `unknown`.
   * @param permit asked when the call's turn has come, right before it is made; false: it isn't
   */
  call<T>(
    core: Core,
    account: SupplierAccount,
    kind: CallKind,
    what: string,
    call: (supplier: Supplier) => Promise<Outcome<T>>,
    permit?: () => Promise<boolean>,
  ): Promise<Outcome<T> | NotCalled>;
  close(): Promise<void>;
};

export function createAccounts(accounts: SupplierAccount[]): SupplierAccounts {
  const limits = new Map(
    accounts.map(({ id }) => [
      id,
      { read: pLimit(IN_FLIGHT.read), write: pLimit(IN_FLIGHT.write), wait: unstatedWait() },
    ]),
  );
  const healthWrittenAt = new Map<string, number>();

  /** By the database's clock, which all processes share. */
  async function silentForMs(core: Pick<Core, "db">, account: SupplierAccount): Promise<number> {
    const [row] = await core.db.$queryRaw<{ ms: number | null }[]>`
      select (extract(epoch from blocked_until - now()) * 1000)::float8 as ms
      from suppliers where id = ${account.id}::uuid`;
    return Math.max(0, Math.ceil(row?.ms ?? 0));
  }

  async function note<T>(core: Core, account: SupplierAccount, outcome: Outcome<T>): Promise<void> {
    const now = core.now();
    if (outcome.kind === "refused" && outcome.refusal.retryAfterMs !== undefined) {
      const seconds = outcome.refusal.retryAfterMs / 1_000;
      await core.db.$executeRaw`
        update suppliers
        set blocked_until = greatest(blocked_until, now() + make_interval(secs => ${seconds}::float8))
        where id = ${account.id}::uuid`;
    }
    const offsetMs = clockOffsetMs(outcome.timing, now);
    const clock = offsetMs === null ? {} : { clockOffsetMs: offsetMs };
    const failure = accountFailure(outcome);
    if (failure !== null) {
      healthWrittenAt.delete(account.id);
      await core.db.supplier.updateMany({
        where: { id: account.id },
        data: { lastErrorAt: now, lastError: failure, ...clock },
      });
    } else if (now.getTime() - (healthWrittenAt.get(account.id) ?? 0) >= HEALTH_EVERY_MS) {
      healthWrittenAt.set(account.id, now.getTime());
      await core.db.supplier.updateMany({
        where: { id: account.id },
        data: { lastOkAt: now, ...clock },
      });
    }
  }

  return {
    byId: (id) => accounts.find((account) => account.id === id) ?? null,
    all: () => accounts,
    silentForMs,
    async call(core, account, kind, what, call, permit) {
      const limit = limits.get(account.id);
      if (!limit) throw new Error(`Supplier ${account.slug} is not connected.`);
      return limit[kind](async () => {
        // Only now: while it waited for its turn, another call may have been told to be silent.
        const silentMs = await silentForMs(core, account);
        if (silentMs > 0 || (permit && !(await permit()))) return { kind: "not_called", silentMs };
        const started = core.now().getTime();
        const ticket = limit.wait.ticket();
        const outcome = limit.wait.settle(await safely(core, account, call), ticket);
        const ms = core.now().getTime() - started;
        core.log.info(
          { supplier: account.slug, call: what, ms, ...summary(outcome) },
          "supplier call",
        );
        // Health is a side note: losing it must not turn a known outcome into a crash.
        await note(core, account, outcome).catch((error) =>
          core.log.error({ err: error, supplier: account.slug }, "supplier health not written"),
        );
        return outcome;
      });
    },
    async close() {
      await Promise.all(accounts.map(({ supplier }) => supplier.close()));
    },
  };
}

/** An adapter should never throw; when it does, nobody knows what had left by then. */
async function safely<T>(
  core: Core,
  account: SupplierAccount,
  call: (supplier: Supplier) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  try {
    return await call(account.supplier);
  } catch (error) {
    core.log.error({ err: error, supplier: account.slug }, "a supplier call broke off");
    return { kind: "unknown", reason: "The call broke off inside Keyhold.", httpStatus: null };
  }
}

/** What speaks against the account as a whole; a refused order is no sign of ill health. */
function accountFailure<T>(outcome: Outcome<T>): string | null {
  if (outcome.kind === "unknown") return outcome.reason;
  if (outcome.kind === "accepted") return null;
  const { refusal } = outcome;
  return ["auth", "rate_limited", "transient"].includes(refusal.class) ? refusal.detail : null;
}

function summary<T>(outcome: Outcome<T>): Record<string, unknown> {
  if (outcome.kind === "accepted") return { outcome: "accepted" };
  if (outcome.kind === "unknown")
    return { outcome: "unknown", reason: outcome.reason, http: outcome.httpStatus };
  const { class: refusalClass, code, httpStatus } = outcome.refusal;
  return { outcome: "refused", class: refusalClass, code, http: httpStatus };
}
