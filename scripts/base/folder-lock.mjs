import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { identify, isAlive, pidOf } from "./alive.mjs";
import { Problem } from "./problem.mjs";

let taken = 0;

function lockOwner(path) {
  try {
    return readFileSync(join(path, "owner"), "utf8");
  } catch {
    return null;
  }
}

/** The number of the live process that holds the lock, or null. */
export function lockHolder(path) {
  const owner = lockOwner(path);
  return owner && isAlive(owner.split(".")[0]) ? pidOf(owner) : null;
}

/**
 * Takes the lock if nobody holds it, and answers the function that gives it back; otherwise null.
 *
 * The lock is a folder that comes into being with its owner's name already inside (a rename), so it
 * never stands ownerless. A dead owner's lock is moved aside under that owner's name: a second thief,
 * who read the same dead name but comes after the lock has a new owner, finds that place taken and
 * fails, so nobody can steal a live one.
 */
export function tryLock(path) {
  mkdirSync(dirname(path), { recursive: true });
  const owner = lockOwner(path);
  if (owner && !isAlive(owner.split(".")[0])) {
    ignoreFailure(() => renameSync(path, `${path}.dead-${owner}`));
  }
  taken += 1;
  const mine = `${identify(process.pid)}.${taken}`;
  const draft = `${path}.draft-${mine}`;
  mkdirSync(draft);
  writeFileSync(join(draft, "owner"), mine);
  try {
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { recursive: true });
    if (error.code === "ENOTEMPTY" || error.code === "EEXIST") return null;
    throw error;
  }
  sweepRemains(path);
  return () => {
    ignoreFailure(() => renameSync(path, draft));
    rmSync(draft, { recursive: true, force: true });
  };
}

/** Runs the work while holding the lock, waiting for whoever holds it now. */
export async function withLock(path, work, { timeoutMs = 120_000 } = {}) {
  const deadline = Date.now() + timeoutMs;
  let release = tryLock(path);
  while (!release) {
    if (Date.now() > deadline) {
      throw new Problem(
        `Process ${lockHolder(path) ?? "unknown"} has held ${path} for over ` +
          `${Math.round(timeoutMs / 1000)} s. Stop that process, then run the command again.`,
      );
    }
    await wait(50);
    release = tryLock(path);
  }
  try {
    return await work();
  } finally {
    release();
  }
}

/** Removes what killed processes left beside the lock, once no thief can be half-way any more. */
function sweepRemains(path) {
  for (const name of readdirSync(dirname(path))) {
    if (!name.startsWith(`${basename(path)}.d`)) continue;
    const remains = join(dirname(path), name);
    ignoreFailure(() => {
      if (Date.now() - statSync(remains).ctimeMs > 60_000) rmSync(remains, { recursive: true });
    });
  }
}

function ignoreFailure(work) {
  try {
    work();
  } catch {
    // Somebody else was quicker; what counts is looked at again by the caller.
  }
}
