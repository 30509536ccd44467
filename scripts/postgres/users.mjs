import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { identify, isAlive } from "../base/alive.mjs";

let registered = 0;

const folderOf = (dataDir) => `${dataDir}.users`;

/**
 * Enters this process among those who use the server, and answers the function that takes it out
 * again. The server is stopped by the last of them, so a second command may share it and leave.
 */
export function registerUser(dataDir) {
  mkdirSync(folderOf(dataDir), { recursive: true });
  registered += 1;
  const path = join(folderOf(dataDir), `${identify(process.pid)}.${registered}`);
  writeFileSync(path, "");
  return () => rmSync(path, { force: true });
}

/** How many live users the server has; what dead ones left behind is removed. */
export function countUsers(dataDir) {
  let names;
  try {
    names = readdirSync(folderOf(dataDir));
  } catch {
    return 0;
  }
  const dead = names.filter((name) => !isAlive(name.split(".")[0]));
  for (const name of dead) rmSync(join(folderOf(dataDir), name), { force: true });
  return names.length - dead.length;
}
