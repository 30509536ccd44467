import type { Core } from "#lib/platform/core.ts";
import {
  type AtOnce,
  beginTrial,
  readStanding,
  returnCalls,
  type Standing,
  type Taken,
  takeCalls,
} from "./call-budget.ts";
import { SLICES, type Slice } from "./slices.ts";

/** What other processes have been told counts here after this at the latest. */
export const KNOWN_FOR_MS = 50;

export type Turn =
  /** It may be made now. `isTrial`: on it hangs whether the account's breaker closes. */
  { kind: "go"; isTrial: boolean } | { kind: "wait"; ms: number; why: "silence" | "budget" };

/** Whether an account may be called now, asked by every call of this process. */
export type Turns = {
  /** Takes a token of the slice, unless one was taken before. */
  ask(core: Pick<Core, "db">, slice: Slice, isPrepaid: boolean): Promise<Turn>;
  silentForMs(core: Pick<Core, "db">): Promise<number>;
  /** The supplier asks for silence: it counts here at once. `tell` lets the other processes know. */
  silence(ms: number, tell: () => Promise<void>): Promise<void>;
  /** Something was written that others may not know yet: nothing read before counts any more. */
  forget(): void;
  /** Calls of this account failed lately, here or elsewhere: an answer has to be told. */
  isTrying: boolean;
};

export type TurnOptions = {
  /** A clock that only goes forward, in milliseconds. */
  ticks: () => number;
  knownForMs: number;
  onAtOnce: (atOnce: AtOnce) => void;
};

const NONE: Taken = { granted: 0, waitMs: 1_000, isTrying: false, isSilent: false };

const wait = (ms: number, why: "silence" | "budget" = "silence"): Turn => ({
  kind: "wait",
  ms: Math.max(1, Math.ceil(ms)),
  why,
});

type Waiting = { slice: Slice; resolve(taken: Taken): void; reject(error: unknown): void };
type Known = { at: number; standing: Standing };

export function createTurns(account: string, options: TurnOptions): Turns {
  const { ticks, knownForMs, onAtOnce } = options;
  let known: Known | null = null;
  let reading: Promise<Standing> | null = null;
  /** Rises with what is written here: an answer that was asked for before is of no use after. */
  let age = 0;
  /** Ends of silences that the database may not know of yet. */
  const untold = new Set<{ end: number }>();
  let waiting: Waiting[] = [];
  let isTaking = false;

  /** One statement at a time takes for all who have asked by then. */
  function take(core: Pick<Core, "db">, slice: Slice): Promise<Taken> {
    return new Promise((resolve, reject) => {
      waiting.push({ slice, resolve, reject });
      if (!isTaking) void takeForAll(core);
    });
  }

  async function takeForAll(core: Pick<Core, "db">): Promise<void> {
    isTaking = true;
    // Who asks in the same breath is asked for together.
    await Promise.resolve();
    while (waiting.length > 0) {
      const asking = waiting;
      waiting = [];
      const groups = SLICES.map((slice) => asking.filter((one) => one.slice === slice));
      const wanted = groups.flatMap((group): [Slice, number][] =>
        group[0] ? [[group[0].slice, group.length]] : [],
      );
      try {
        const { taken, atOnce } = await takeCalls(core.db, account, wanted);
        onAtOnce(atOnce);
        for (const group of groups) {
          group.forEach(({ slice, resolve }, index) => {
            const all = taken.get(slice) ?? NONE;
            resolve({ ...all, granted: index < all.granted ? 1 : 0 });
          });
        }
      } catch (error) {
        for (const { reject } of asking) reject(error);
      }
    }
    isTaking = false;
  }

  async function read(core: Pick<Core, "db">): Promise<Standing> {
    for (;;) {
      if (known && ticks() - known.at < knownForMs) return known.standing;
      const asked = { age, at: ticks() };
      const mine = reading ?? readStanding(core.db, account);
      reading = mine;
      try {
        const standing = await mine;
        if (asked.age !== age) continue;
        known = { at: asked.at, standing };
        turns.isTrying = standing.isTrying;
        onAtOnce(standing.atOnce);
        return standing;
      } finally {
        if (reading === mine) reading = null;
      }
    }
  }

  const ownSilenceMs = (): number =>
    Math.max(0, ...[...untold].map(({ end }) => Math.ceil(end - ticks())));

  function forget(): void {
    age += 1;
    known = null;
    reading = null;
  }

  const turns: Turns = {
    isTrying: false,
    forget,
    async ask(core, slice, isPrepaid) {
      if (ownSilenceMs() > 0) return wait(ownSilenceMs());
      if (!isPrepaid) {
        const before = age;
        const taken = await take(core, slice);
        if (taken.granted === 0) {
          const isSilent = taken.isSilent || ownSilenceMs() > 0;
          return wait(Math.max(taken.waitMs, ownSilenceMs()), isSilent ? "silence" : "budget");
        }
        turns.isTrying ||= taken.isTrying;
        // Who gives a token has looked at silence and breaker too.
        if (!taken.isTrying && before === age) return { kind: "go", isTrial: false };
        forget();
      }
      let standing = await read(core);
      if (standing.isHalfOpen) {
        // What was paid for before it opened has to be granted the trial, too.
        const taken = await take(core, slice);
        if (taken.granted === 0) return wait(taken.waitMs);
        forget();
        standing = await read(core);
      }
      const silentMs = Math.max(ownSilenceMs(), standing.silentMs);
      if (silentMs === 0) return { kind: "go", isTrial: false };
      if (standing.hasTrial && ownSilenceMs() === 0) {
        const isTrial = await beginTrial(core.db, account);
        forget();
        if (isTrial) return { kind: "go", isTrial };
      } else if (!isPrepaid) await returnCalls(core.db, account, slice, 1);
      return wait(silentMs);
    },
    async silentForMs(core) {
      const own = ownSilenceMs();
      return own > 0 ? own : (await read(core)).silentMs;
    },
    async silence(ms, tell) {
      for (const past of untold) if (past.end <= ticks()) untold.delete(past);
      const silence = { end: ticks() + ms };
      untold.add(silence);
      await tell();
      // From here on the database knows, and may be told otherwise.
      untold.delete(silence);
      forget();
    },
  };
  return turns;
}
