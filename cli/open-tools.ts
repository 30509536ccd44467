import { setTimeout as wait } from "node:timers/promises";
import { openChainKeys } from "#lib/audit/chain-keys.ts";
import { type Core, systemCore } from "#lib/platform/core.ts";
import { ensureDataKeys } from "#lib/platform/data-keys.ts";
import { type Db, openDb } from "#lib/platform/db.ts";
import { type Env, parseEnv, secretsOf } from "#lib/platform/env.ts";
import { createLog } from "#lib/platform/log.ts";
import { openKeySource } from "#lib/platform/open-key-source.ts";
import { isSchemaReady } from "#lib/platform/schema-version.ts";
import { Failure, type Tools } from "./command.ts";

/**
 * The tools of a real run, from the environment. What is logged goes to `err`, so that standard output
 * holds the result alone. `close` undoes all of it, newest first.
 */
export function openTools(
  variables: Record<string, string | undefined>,
  err: (text: string) => void,
): Tools & { close(): Promise<void> } {
  const closers: (() => Promise<unknown>)[] = [];
  let env: Env | undefined;
  let core: Promise<Core> | undefined;

  const readEnv = (): Env => {
    try {
      env ??= parseEnv(variables);
      return env;
    } catch (error) {
      throw new Failure((error as Error).message);
    }
  };

  async function open(): Promise<Core> {
    const known = readEnv();
    const log = createLog(known.LOG_LEVEL, secretsOf(known), err);
    const db = openDb(known.DATABASE_URL);
    closers.push(() => db.$disconnect());
    await requireSchema(db, known.DATABASE_URL);
    const core = systemCore(db, log);
    const source = openKeySource(known);
    await ensureDataKeys(db, core.now, source);
    await openChainKeys(db, source);
    return core;
  }

  return {
    env: readEnv,
    core: () => {
      core ??= open();
      return core;
    },
    onClose: (close) => closers.push(close),
    tell: (line) => err(`${line}\n`),
    wait,
    async close() {
      for (let close = closers.pop(); close; close = closers.pop()) await close();
    },
  };
}

async function requireSchema(db: Db, url: string): Promise<void> {
  let isReady: boolean;
  try {
    isReady = await isSchemaReady(db);
  } catch (error) {
    const { host, pathname } = new URL(url);
    const [line] = (error as Error).message.trim().split("\n").slice(-1);
    throw new Failure(`The database ${pathname.slice(1)} at ${host} can't be asked: ${line}`);
  }
  if (isReady) return;
  throw new Failure(
    "The database hasn't the schema that this build needs. Start this build once, or run `npm run migrate`.",
  );
}
