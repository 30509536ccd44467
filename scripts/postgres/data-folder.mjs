import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { Problem } from "../base/problem.mjs";
import { excerpt } from "../base/say.mjs";
import { initialiseArguments } from "./settings.mjs";

const majorVersion = "18";
const firstUserDatabase = 16384; // PostgreSQL gives the databases of its own lower numbers.

/**
 * Makes sure that the data folder is a whole PostgreSQL 18 cluster; the caller holds the lock.
 *
 * A new one is made in a folder beside it and renamed, so a kill half-way leaves none that looks
 * whole. A half-made one from elsewhere is moved aside when it holds no database of a user, and
 * refused with a sentence otherwise. Answers whether it made a new one.
 */
export function prepareDataFolder({ dataDir, account, initdb, password, durable, log }) {
  removeDrafts(dataDir);
  if (isWhole(dataDir)) {
    giveTo(account, dataDir);
    return false;
  }
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) moveAside(dataDir, log);
  log(`Making a new PostgreSQL ${majorVersion} data folder in ${dataDir}`);

  const draft = `${dataDir}.new-${randomBytes(4).toString("hex")}`;
  const passwordFile = `${draft}.password`;
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  try {
    if (account.uid !== null) {
      for (const path of [draft, passwordFile]) chownSync(path, account.uid, account.gid);
    }
    const { file, args, options } = account.command(
      initdb,
      initialiseArguments({ dataDir: draft, passwordFile, durable }),
    );
    const run = spawnSync(file, args, {
      ...options,
      cwd: "/",
      encoding: "utf8",
      env: plainEnvironment(),
    });
    if (run.status !== 0) {
      throw new Problem(
        `PostgreSQL could not make its data folder ${dataDir}:\n` +
          excerpt(`${run.stderr ?? ""}${run.error ?? ""}`) +
          "\nPut that right, or set DATABASE_URL to another PostgreSQL, then run the command again.",
      );
    }
    renameSync(draft, dataDir);
    return true;
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Sets the password of a cluster whose server is down: what saves the data when its file was lost. */
export function setPassword({ dataDir, account, postgres, password }) {
  const { file, args, options } = account.command(postgres, [
    "--single",
    "-D",
    dataDir,
    "postgres",
  ]);
  const run = spawnSync(file, args, {
    ...options,
    cwd: "/",
    env: plainEnvironment(),
    encoding: "utf8",
    input: `ALTER ROLE postgres PASSWORD '${password}'\n`,
  });
  if (run.status !== 0) {
    throw new Problem(
      `The database's password file ${dataDir}.json is gone, and no new one could be set:\n` +
        `${excerpt(run.stderr ?? "")}\nPut the file back from a copy, or move ${dataDir} away to start anew.`,
    );
  }
}

/** This process's environment without what would point PostgreSQL's programs elsewhere. */
export function plainEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: "C" };
}

function isWhole(dataDir) {
  const stat = statSync(dataDir, { throwIfNoEntry: false });
  if (!stat) return false;
  if (!stat.isDirectory()) {
    throw new Problem(
      `${dataDir} is a file, and the database's folder belongs there. Move it away.`,
    );
  }
  const versionFile = join(dataDir, "PG_VERSION");
  if (!existsSync(versionFile)) return false;
  const version = readFileSync(versionFile, "utf8").trim();
  if (version !== majorVersion) {
    throw new Problem(
      `${dataDir} holds data of PostgreSQL ${version}, and Keyhold brings ${majorVersion}. ` +
        "Move that folder away to start anew, or run that version yourself and set DATABASE_URL.",
    );
  }
  return ["global/pg_control", "postgresql.conf", "pg_hba.conf", "pg_wal"].every((name) =>
    existsSync(join(dataDir, name)),
  );
}

function moveAside(dataDir, log) {
  if (holdsUserData(dataDir)) {
    throw new Problem(
      `${dataDir} is not a whole PostgreSQL data folder, but there is data in it that somebody may want. ` +
        "Restore it from a backup, or move it away yourself, then run the command again.",
    );
  }
  const aside = `${dataDir}.broken-${new Date().toISOString().replace(/[:.]/g, "-")}`;
  renameSync(dataDir, aside);
  log(
    `${dataDir} was half made and held no data; it was moved to ${basename(aside)} and may be deleted.`,
  );
}

/** Whether a database of a user's own is in there, or anything that PostgreSQL doesn't put there. */
function holdsUserData(dataDir) {
  const strangers = readdirSync(dataDir).filter(
    (name) =>
      !/^(pg_\w+(\.conf)?|PG_VERSION|base|global|post(gresql|master)\.\w+(\.conf)?)$/.test(name),
  );
  const base = join(dataDir, "base");
  const databases = existsSync(base) ? readdirSync(base).map(Number) : [];
  return strangers.length > 0 || databases.some((oid) => oid >= firstUserDatabase);
}

/** A folder that root restored or copied belongs to root, which PostgreSQL refuses. */
function giveTo(account, dataDir) {
  if (account.uid === null || statSync(dataDir).uid !== 0) return;
  const give = (path) => {
    chownSync(path, account.uid, account.gid);
    if (!statSync(path).isDirectory()) return;
    for (const name of readdirSync(path)) give(join(path, name));
  };
  give(dataDir);
  chmodSync(dataDir, 0o700);
}

function removeDrafts(dataDir) {
  for (const name of readdirSync(dirname(dataDir))) {
    if (!name.startsWith(`${basename(dataDir)}.new-`)) continue;
    try {
      rmSync(join(dirname(dataDir), name), { recursive: true, force: true });
    } catch {
      // An orphaned initdb is still writing into it; the next start removes it.
    }
  }
}
