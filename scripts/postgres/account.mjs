import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { Problem } from "../base/problem.mjs";

/**
 * Who PostgreSQL runs as, and how its programs are started as that account: an object with `uid`,
 * `gid` (null where it is simply this user) and `command(program, args)`, which answers the
 * `{ file, args, options }` to spawn.
 *
 * PostgreSQL refuses to run as root. Root therefore hands it to the data folder's owner, or to the
 * system's `postgres`, or else to `nobody`. Where that account can't even enter the folder that the
 * clone lies in (`/root`, mode 700), it gets the one capability that passes such doors.
 */
export function chooseAccount({ program, dataDir }) {
  if (process.getuid?.() !== 0) {
    return { uid: null, gid: null, command: (file, args) => ({ file, args, options: {} }) };
  }
  const { uid, gid } =
    ownerOf(dataDir) ?? systemAccount("postgres") ?? systemAccount("nobody") ?? {};
  if (uid === undefined) {
    throw new Problem(
      "PostgreSQL refuses to run as root, and this machine has neither a user `postgres` nor `nobody`. " +
        "Run the command as an ordinary user, or set DATABASE_URL.",
    );
  }
  const ways = [
    (file, args) => ({ file, args, options: { uid, gid } }),
    (file, args) => ({
      file: "setpriv",
      args: [...passingDoors(uid, gid), file, ...args],
      options: {},
    }),
  ];
  const way = ways.find(
    (each) => canRun(each, program) && canRun(each, "test", "-x", dirname(dataDir)),
  );
  if (way) return { uid, gid, command: way };
  throw new Problem(
    `PostgreSQL refuses to run as root, and the user ${uid} it would run as can't enter ${dirname(dataDir)}. ` +
      "Move the clone to a folder that every user may enter (/srv, /opt), run the command as an ordinary user, " +
      "or set DATABASE_URL.",
  );
}

/**
 * The securebit is for `access(2)`, by which PostgreSQL looks at its own program: without it that call
 * judges by the user alone and ignores the capability. After the exec only this one is left.
 */
function passingDoors(uid, gid) {
  return [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    "--clear-groups",
    "--securebits=+no_setuid_fixup",
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
    "--",
  ];
}

/** The folder's owner, unless that is root again. */
function ownerOf(dataDir) {
  if (!existsSync(dataDir)) return null;
  const { uid, gid } = statSync(dataDir);
  return uid === 0 ? null : { uid, gid };
}

function systemAccount(name) {
  try {
    const id = (flag) =>
      Number(execFileSync("id", [flag, name], { stdio: "pipe", encoding: "utf8" }));
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    return null;
  }
}

function canRun(way, program, ...args) {
  const { file, args: all, options } = way(program, args.length > 0 ? args : ["--version"]);
  return spawnSync(file, all, { ...options, cwd: "/", stdio: "ignore" }).status === 0;
}
