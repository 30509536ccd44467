import { setTimeout as wait } from "node:timers/promises";
import type { Core } from "#lib/platform/core.ts";
import { createAccountHealth, isAccountFailure } from "./account-health.ts";
import {
  AT_ONCE,
  type AtOnce,
  noteAnswer,
  noteFailure,
  noteSilence,
  returnCalls,
  returnTrial,
} from "./call-budget.ts";
import { callOutcome, createCallCounts } from "./call-counts.ts";
import { createPlaces, type Places } from "./places.ts";
import type { Outcome, Supplier } from "./port.ts";
import type { Slice } from "./slices.ts";
import { createTurns, KNOWN_FOR_MS, type Turns } from "./turn.ts";
import { unstatedWait } from "./unstated-wait.ts";

export type { Slice };

/** A supplier account of ours: its row, its adapter, and how it is called. */
export type SupplierAccount = {
  id: string;
  slug: string;
  name: string;
  currency: string;
  supplier: Supplier;
};

export type CallKind = "read" | "write";

/** How a call is to be made. */
export type CallOrder = {
  kind: CallKind;
  slice: Slice;
  /** What it is, for the log and the counts: look, sweep, create, pay, list, balances, ... */
  what: string;
  /** Its token was taken already, with the claim. */
  prepaid?: boolean;
  /** It waits so long for a token, holding no place meanwhile; otherwise and by default not at all. */
  patienceMs?: number;
};

/**
 * Nothing was sent: the account has to be silent (its own wish, or its breaker), no token was there, or
 * the permit was not given. `silentMs` is when to ask again, 0 where the permit decided.
 */
export type NotCalled = {
  kind: "not_called";
  silentMs: number;
  why: "silence" | "budget" | "permit";
};

/** What a call may be given beside the core: how to wait, and a sign that it shouldn't any more. */
export type CallCore = Core & {
  sleep?: (ms: number) => Promise<unknown>;
  stop?: AbortSignal;
};

export type SupplierAccounts = {
  byId(id: string): SupplierAccount | null;
  all(): SupplierAccount[];
  /** Milliseconds for which the account must stay silent (`Retry-After`, breaker); 0: it may be called. */
  silentForMs(core: Pick<Core, "db">, account: SupplierAccount): Promise<number>;
  /**
   * Makes one call when there is a place and a token for it, and the account may be called. A 429
   * silences the whole account, for every process; one that names no time gets 30, 60, then 120 s.
   * Never retries; an adapter that throws counts as `unknown`.
   * @param permit asked when the call's turn has come, right before it is made; false: it isn't
   */
  call<T>(
    core: CallCore,
    account: SupplierAccount,
    order: CallOrder,
    call: (supplier: Supplier) => Promise<Outcome<T>>,
    permit?: () => Promise<boolean>,
  ): Promise<Outcome<T> | NotCalled>;
  /** Puts back tokens that were taken with a claim and are not used after all. */
  giveBack(
    core: Pick<Core, "db">,
    account: SupplierAccount,
    slice: Slice,
    count: number,
  ): Promise<void>;
  /** So many processes make calls now, this one among them: each gets its part of what may be in flight. */
  shareBetween(processes: number): void;
  /** How many reads of this account may be in flight from this process, given that. */
  readsAtOnce(account: SupplierAccount): number;
  /** So many of this account's calls brought something new. */
  noteUseful(account: SupplierAccount, what: string, count: number): void;
  /** Writes down what was counted since; done by calls too, so that nothing is lost for long. */
  flushCounts(core: Core): Promise<void>;
  close(): Promise<void>;
};

export type AccountsOptions = {
  /** A clock that only goes forward, in milliseconds. */
  ticks?: () => number;
  /** For how long what was read of silence and breaker is taken for true; 0: never. */
  knownForMs?: number;
};

/** Longer than the engine's beat, which writes the counts where there is an engine. */
const FLUSH_EVERY_MS = 15_000;
/** Of the places for reads, for those around a purchase. */
const KEPT_PLACES = 1;
/** Who waits looks this often whether to go on waiting. */
const LONGEST_NAP_MS = 1_000;

type Parts = {
  places: Record<CallKind, Places>;
  turns: Turns;
  unstated: ReturnType<typeof unstatedWait>;
  health: ReturnType<typeof createAccountHealth>;
  share(): void;
};

export function createAccounts(
  accounts: SupplierAccount[],
  { ticks = () => performance.now(), knownForMs = KNOWN_FOR_MS }: AccountsOptions = {},
): SupplierAccounts {
  const counts = createCallCounts();
  let processes = 1;
  /** For what is written at the end. */
  let lastCore: Core | null = null;
  const parts = new Map(accounts.map(({ id }) => [id, partsOf(id)]));

  function partsOf(id: string): Parts {
    const places = {
      read: createPlaces(AT_ONCE.reads, KEPT_PLACES),
      write: createPlaces(AT_ONCE.writes, 0),
    };
    let atOnce = AT_ONCE;
    function share(): void {
      places.read.resize(Math.max(1, Math.floor(atOnce.reads / processes)));
      places.write.resize(Math.max(1, Math.floor(atOnce.writes / processes)));
    }
    const onAtOnce = (next: AtOnce) => {
      const isNew = next.reads !== atOnce.reads || next.writes !== atOnce.writes;
      atOnce = next;
      if (isNew) share();
    };
    return {
      places,
      turns: createTurns(id, { ticks, knownForMs, onAtOnce }),
      unstated: unstatedWait(),
      health: createAccountHealth(id),
      share,
    };
  }

  function find(account: SupplierAccount): Parts {
    const found = parts.get(account.id);
    if (!found) throw new Error(`Supplier ${account.slug} is not connected.`);
    return found;
  }

  /** Once it has a place. */
  async function attempt<T>(
    core: CallCore,
    account: SupplierAccount,
    order: CallOrder,
    call: (supplier: Supplier) => Promise<Outcome<T>>,
    permit: (() => Promise<boolean>) | undefined,
  ): Promise<Outcome<T> | NotCalled> {
    const { turns, unstated } = find(account);
    // Only now: while it waited for its place, another call may have been told to be silent.
    const turn = await turns.ask(core, order.slice, order.prepaid ?? false);
    if (turn.kind === "wait") return { kind: "not_called", silentMs: turn.ms, why: turn.why };
    if (permit && !(await permit())) {
      if (turn.isTrial) await returnTrial(core.db, account.id);
      else if (!order.prepaid) await returnCalls(core.db, account.id, order.slice, 1);
      return { kind: "not_called", silentMs: 0, why: "permit" };
    }
    const started = core.now().getTime();
    const ticket = unstated.ticket();
    const outcome = unstated.settle(await safely(core, account, call), ticket);
    const ms = core.now().getTime() - started;
    const facts = { supplier: account.slug, call: order.what, ms, ...summary(outcome) };
    // Looks come by the thousand.
    core.log[order.what === "look" ? "debug" : "info"](facts, "supplier call");
    lastCore = core;
    counts.count(core, account.id, order.what, callOutcome(outcome), ms);
    // A side note: losing it must not turn a known outcome into a crash.
    await note(core, account, outcome, { isTrial: turn.isTrial, tookMs: ms }).catch((error) =>
      core.log.error({ err: error, supplier: account.slug }, "supplier health not written"),
    );
    return outcome;
  }

  /** Writes down what a call says of the account. Silence first: others are about to call. */
  async function note(
    core: Core,
    account: SupplierAccount,
    outcome: Outcome<unknown>,
    { isTrial, tookMs }: { isTrial: boolean; tookMs: number },
  ): Promise<void> {
    const { turns, health } = find(account);
    const { id } = account;
    const silentMs = outcome.kind === "refused" ? outcome.refusal.retryAfterMs : undefined;
    if (silentMs !== undefined) {
      await turns.silence(silentMs, () => noteSilence(core.db, id, { silentMs, tookMs }));
    }
    if (isAccountFailure(outcome)) {
      turns.isTrying = true;
      await noteFailure(core.db, id, isTrial);
      turns.forget();
    } else if (isTrial || turns.isTrying) {
      await noteAnswer(core.db, id, isTrial);
      turns.isTrying = false;
      turns.forget();
    }
    await health.note(core, outcome);
    const since = counts.since();
    if (since && core.now().getTime() - since.getTime() >= FLUSH_EVERY_MS) await counts.flush(core);
  }

  return {
    byId: (id) => accounts.find((account) => account.id === id) ?? null,
    all: () => accounts,
    silentForMs: async (core, account) => find(account).turns.silentForMs(core),
    async call(core, account, order, call, permit) {
      const place = find(account).places[order.kind];
      let patienceMs = order.patienceMs ?? 0;
      for (;;) {
        const outcome = await place.hold(order.slice === "purchase", () =>
          attempt(core, account, order, call, permit),
        );
        if (outcome.kind !== "not_called" || outcome.why !== "budget") return outcome;
        if (outcome.silentMs > patienceMs || core.stop?.aborted) return outcome;
        const napMs = Math.min(outcome.silentMs, LONGEST_NAP_MS);
        patienceMs -= napMs;
        await (core.sleep?.(napMs) ?? wait(napMs));
      }
    },
    giveBack: (core, account, slice, count) => returnCalls(core.db, account.id, slice, count),
    shareBetween(next) {
      processes = Math.max(1, next);
      for (const { share } of parts.values()) share();
    },
    readsAtOnce: (account) => find(account).places.read.size(),
    noteUseful: (account, what, count) => counts.noteUseful(account.id, what, count),
    flushCounts: (core) => counts.flush(core),
    async close() {
      await Promise.all(accounts.map(({ supplier }) => supplier.close()));
      const core = lastCore;
      if (!core || !counts.since()) return;
      await counts
        .flush(core)
        .catch((error) => core.log.warn({ err: error }, "the last calls were not counted"));
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

function summary(outcome: Outcome<unknown>): Record<string, unknown> {
  if (outcome.kind === "accepted") return { outcome: "accepted" };
  if (outcome.kind === "unknown")
    return { outcome: "unknown", reason: outcome.reason, http: outcome.httpStatus };
  const { class: refusalClass, code, httpStatus } = outcome.refusal;
  return { outcome: "refused", class: refusalClass, code, http: httpStatus };
}
