/** Commands as they are typed, on a test's own database. */
import { randomBytes } from "node:crypto";
import { systemCore } from "#lib/platform/core.ts";
import { parseEnv } from "#lib/platform/env.ts";
import { createLog } from "#lib/platform/log.ts";
import { giveBudget } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import type { Command, Tools } from "../command.ts";
import { runCommand } from "../run-command.ts";

type Surroundings = {
  /** The supplier's address; left out, none is connected. */
  foxreload?: string;
  wait?: Tools["wait"];
};

/** @param variables beside those of any installation */
export async function openTerminal(variables: Record<string, string> = {}) {
  const { db, url, drop } = await createTestDatabase();
  const core = systemCore(db, createLog("fatal", []));
  const installation = {
    DATABASE_URL: url,
    NEXTAUTH_URL: "http://localhost:3000",
    NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
    CRON_SECRET: randomBytes(32).toString("base64"),
    KEYHOLD_SEALING_KEYS: `k1:${randomBytes(32).toString("base64")}`,
    ...variables,
  };

  return {
    db,
    core,
    drop,
    env: () => parseEnv(installation),
    /** A database with one account, of which nothing is known. */
    async reset(): Promise<string> {
      await db.supplierCapability.deleteMany();
      await db.supplierOrder.deleteMany();
      await db.systemSignal.deleteMany();
      await db.supplier.deleteMany();
      const data = { slug: "foxreload", kind: "foxreload", name: "FoxReload" };
      const { id } = await db.supplier.create({ data });
      await giveBudget(db, id);
      return id;
    },
    /** Types a command, and answers all that was said. */
    async type(
      command: Command,
      words: string[],
      { foxreload, wait = async () => undefined }: Surroundings = {},
    ) {
      const said = { out: "", err: "" };
      const closers: (() => Promise<unknown>)[] = [];
      const connected = { FOXRELOAD_BASE_URL: foxreload, FOXRELOAD_API_KEY: "test-key" };
      const streams = {
        out: (text: string) => {
          said.out += text;
        },
        err: (text: string) => {
          said.err += text;
        },
      };
      const tools: Tools = {
        env: () => parseEnv({ ...installation, ...(foxreload ? connected : {}) }),
        core: async () => core,
        onClose: (close) => closers.push(close),
        tell: (line) => streams.err(`${line}\n`),
        wait,
      };
      const argv = [...command.name.split(" "), ...words];
      const code = await runCommand([command], argv, tools, streams);
      for (const close of closers) await close();
      return { code, ...said };
    },
    lastEntry: () => db.auditEntry.findFirstOrThrow({ orderBy: { seq: "desc" } }),
  };
}
