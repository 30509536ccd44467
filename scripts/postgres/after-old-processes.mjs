import { setTimeout as wait } from "node:timers/promises";
import { Problem } from "../base/problem.mjs";

const patienceMs = 15_000;

/**
 * Does the work, again and again while processes of an earlier, killed server keep the data folder:
 * its helpers take a moment to notice, and its parent one to collect it; until then no new one can start.
 */
export async function afterOldProcesses(work) {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isFolderInUse(error) || Date.now() > deadline) throw error;
      await wait(200);
    }
  }
}

function isFolderInUse(error) {
  const words = /shared memory block .*still in use|"postmaster\.pid" already exists/;
  return error instanceof Problem && words.test(error.message);
}
