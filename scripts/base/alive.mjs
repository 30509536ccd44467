import { readFileSync } from "node:fs";

/**
 * A process as a name that isn't reused: its number and, where the system tells it (Linux), the tick
 * at which it started. Null when there is no such process, or only its unreaped remains.
 */
export function identify(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command's name stands in brackets and may hold spaces, so the fields are counted after it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? null : `${pid}-${fields[19]}`;
  } catch {
    if (process.platform === "linux") return null;
  }
  try {
    process.kill(pid, 0);
    return `${pid}-0`;
  } catch (error) {
    return error.code === "EPERM" ? `${pid}-0` : null;
  }
}

/** Whether the process that once got this name from `identify` is still running. */
export function isAlive(identity) {
  return pidOf(identity) > 0 && identify(pidOf(identity)) === identity;
}

/** The process number in a name that `identify` gave. */
export function pidOf(identity) {
  return Number.parseInt(identity, 10) || 0;
}
