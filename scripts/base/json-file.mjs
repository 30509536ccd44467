import { chownSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Problem } from "./problem.mjs";

/** What the file holds, or an empty object where there is no file. */
export function readJson(path) {
  let text;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return {};
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(`${path} is damaged (not JSON). Put back a copy of it, or move it away.`);
  }
}

/**
 * Writes for one user's eyes only (0600), and all or nothing: a kill leaves the old file. Root writes
 * on behalf of the folder's owner, who may run the next command.
 */
export function writePrivateJson(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  if (process.getuid?.() === 0) {
    const { uid, gid } = statSync(dirname(path));
    chownSync(draft, uid, gid);
  }
  renameSync(draft, path);
}
