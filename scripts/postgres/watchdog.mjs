/**
 * Stops the embedded server once everybody who used it is dead: the case of a command that was killed
 * outright and could not stop it itself. Run as a process of its own with the data folder as argument.
 */
import { setTimeout as wait } from "node:timers/promises";
import { withLock } from "../base/folder-lock.mjs";
import { findServer, stopServer } from "./server.mjs";
import { countUsers } from "./users.mjs";

const [dataDir, graceMs = "6000"] = process.argv.slice(2);
// Processes of the killed command are finishing; they get this long with the database still there.
const looks = 3;

let idleLooks = 0;
while (findServer(dataDir)) {
  await wait(Number(graceMs) / looks);
  idleLooks = countUsers(dataDir) > 0 ? 0 : idleLooks + 1;
  if (idleLooks < looks) continue;
  await withLock(`${dataDir}.lock`, async () => {
    if (countUsers(dataDir) === 0) await stopServer(dataDir);
  });
}
