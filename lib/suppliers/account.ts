import { setTimeout as wait } from "node:timers/promises";
import type { Core } from "#lib/platform/core.ts";
import { isAccountFailure } from "./account-health.ts";
import { createParts } from "./account-parts.ts";
import { noteAnswer, noteFailure, noteSilence, returnCalls, returnTrial } from "./call-budget.ts";
import { callOutcome, createCallCounts } from "./call-counts.ts";
import { callSafely, summaryOf } from "./call-safely.ts";
import { createConnections } from "./connections.ts";
import type { Inbound } from "./inbound.ts";
import { keepCurrent } from "./keep-current.ts";
import type { Outcome, Supplier } from "./port.ts";
import { createSignIns } from "./sign-ins.ts";
import type { Slice } from "./slices.ts";
import type { Connected } from "./supplier-kind.ts";
import { KNOWN_FOR_MS } from "./turn.ts";

export type { Slice };

/** A supplier account of ours: its row, its adapter, and how it is called. */
export type SupplierAccount = {
  id: string;
  slug: string;
  name: string;
  kind: string;
  currency: string;
  supplier: Supplier;
  /** Null: it pushes nothing, or nothing is set up to prove what it pushes. */
  inbound: Inbound | null;
  openSocket: Connected["openSocket"];
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

/** Why an account that has a row can't be called: nothing is asked of it, and its orders wait. */
export type WhyNotConnected =
  | "secret_missing"
  | "secret_locked"
  | "config_unreadable"
  | "unknown_kind";

export type NotConnected = {
  id: string;
  slug: string;
  name: string;
  kind: string;
  why: WhyNotConnected;
};

/** What the rows say now. An account that is as it was comes back as the same object. */
export type Reading = { accounts: SupplierAccount[]; notConnected: NotConnected[] };

/** The accounts of this process, live: they change where one is added, changed or given another key. */
export type SupplierAccounts = {
  byId(id: string): SupplierAccount | null;
  bySlug(slug: string): SupplierAccount | null;
  all(): SupplierAccount[];
  /** Accounts that have a row and can't be called. */
  notConnected(): readonly NotConnected[];
  /**
   * Reads what changed in the rows, and connects it anew; calls in flight finish as they began.
   * @param maxAgeMs nothing is read where that was done within so long; by default it always is
   */
  refresh(core: Core, maxAgeMs?: number): Promise<void>;
  /** Milliseconds for which the account must stay silent (`Retry-After`, breaker); 0: it may be called. */
  silentForMs(core: Pick<Core, "db">, account: SupplierAccount): Promise<number>;
  /**
   * Makes one call when there is a place and a token for it, and the account may be called. A 429
   * silences the whole account, for every process; one that names no time gets 30, 60, then 120 s.
   * Where the account has to be signed in to first, that is a call of its own, with its own token, and so
   * is the repeat of a read whose sign-in had ended. Nothing else is retried; an adapter that throws
   * counts as `unknown`.
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
  /** Reads the rows again; without it the accounts stay as they are given. */
  read?: (core: Core) => Promise<Reading>;
  notConnected?: NotConnected[];
};

/** Longer than the engine's beat, which writes the counts where there is an engine. */
const FLUSH_EVERY_MS = 15_000;
/** When an account that isn't connected (any more) is asked again. */
const NOT_CONNECTED_MS = 30_000;
/** Who waits looks this often whether to go on waiting. */
const LONGEST_NAP_MS = 1_000;

export function createAccounts(
  initial: SupplierAccount[],
  { ticks = () => performance.now(), knownForMs = KNOWN_FOR_MS, ...source }: AccountsOptions = {},
): SupplierAccounts {
  const connections = createConnections(initial);
  let notConnected: readonly NotConnected[] = source.notConnected ?? [];
  const counts = createCallCounts();
  /** For what is written at the end. */
  let lastCore: Core | null = null;
  const parts = createParts({ ticks, knownForMs });
  const { refresh, keepUp } = keepCurrent(async (core) => {
    if (!source.read) return;
    const now = await source.read(core);
    connections.replace(now.accounts);
    notConnected = now.notConnected;
  }, ticks);

  /** Once it has a place. */
  async function attempt<T>(
    core: CallCore,
    account: SupplierAccount,
    order: CallOrder,
    call: (supplier: Supplier) => Promise<Outcome<T>>,
    permit: (() => Promise<boolean>) | undefined,
  ): Promise<Outcome<T> | NotCalled> {
    const { turns, unstated } = parts.of(account);
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
    const outcome = unstated.settle(
      await callSafely(core, account.slug, () => connections.use(account, call)),
      ticket,
    );
    const ms = core.now().getTime() - started;
    const facts = { supplier: account.slug, call: order.what, ms, ...summaryOf(outcome) };
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

  /** Once there is a place and a token, or not at all. */
  async function inTurn<T>(
    core: CallCore,
    account: SupplierAccount,
    order: CallOrder,
    call: (supplier: Supplier) => Promise<Outcome<T>>,
    permit?: () => Promise<boolean>,
  ): Promise<Outcome<T> | NotCalled> {
    const place = parts.of(account).places[order.kind];
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
  }

  const signIns = createSignIns(
    (account) => (connections.byId(account.id) ?? account).supplier,
    inTurn,
  );

  /** Writes down what a call says of the account. Silence first: others are about to call. */
  async function note(
    core: Core,
    account: SupplierAccount,
    outcome: Outcome<unknown>,
    { isTrial, tookMs }: { isTrial: boolean; tookMs: number },
  ): Promise<void> {
    const { turns, health } = parts.of(account);
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
    byId: connections.byId,
    bySlug: connections.bySlug,
    all: connections.all,
    notConnected: () => notConnected,
    refresh,
    silentForMs: async (core, account) => parts.of(account).turns.silentForMs(core),
    async call(core, account, order, call, permit) {
      if (!connections.byId(account.id)) {
        return { kind: "not_called", silentMs: NOT_CONNECTED_MS, why: "silence" };
      }
      // Money isn't sent with a key that was just replaced.
      if (order.kind === "write" && source.read) await keepUp(core);
      const unsigned = await signIns.ready(core, account, order);
      if (unsigned) return unsigned;
      const outcome = await inTurn(core, account, order, call, permit);
      if (!signIns.hasEnded(account, order, outcome)) return outcome;
      if (await signIns.ready(core, account, order)) return outcome;
      // What was taken for it is used up, so what it comes to now is another call's.
      const again = await inTurn(core, account, { ...order, prepaid: false }, call, permit);
      return again.kind === "not_called" ? outcome : again;
    },
    giveBack: (core, account, slice, count) => returnCalls(core.db, account.id, slice, count),
    shareBetween: parts.shareBetween,
    readsAtOnce: (account) => parts.of(account).places.read.size(),
    noteUseful: (account, what, count) => counts.noteUseful(account.id, what, count),
    flushCounts: (core) => counts.flush(core),
    async close() {
      await connections.close();
      const core = lastCore;
      if (!core || !counts.since()) return;
      await counts
        .flush(core)
        .catch((error) => core.log.warn({ err: error }, "the last calls were not counted"));
    },
  };
}
