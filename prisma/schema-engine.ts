import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { type MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm/schema_engine_bg";
import type { Pool } from "pg";

const FOLDER = import.meta.dirname;
export const MIGRATIONS_FOLDER = join(FOLDER, "migrations");
/** Held by the transaction that runs a migration's script, also after the migrator was killed. */
export const SCRIPT_LOCK = 7_240_513;
/** The one that is under way; they are applied one after the other. */
const FINISH = "update _prisma_migrations set finished_at = now() where finished_at is null";
export const NO_FILTER = { externalTables: [], externalEnums: [] };

/**
 * Prisma's schema engine as WebAssembly, over the same driver adapter as the application.
 * The stock command line would download a native engine; this is the same engine without that.
 * The caller ends the pool.
 */
export async function openSchemaEngine(pool: Pool): Promise<SchemaEngine> {
  const wasmFile = createRequire(import.meta.url)
    .resolve("@prisma/schema-engine-wasm")
    .replace(/schema_engine\.js$/, "schema_engine_bg.wasm");
  const { instance } = await WebAssembly.instantiate(readFileSync(wasmFile), {
    "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports,
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  const adapter = bindMigrationAwareSqlAdapterFactory(wholeScripts(pool));
  return SchemaEngine.new({ datamodels: [schemaFile()] }, () => undefined, adapter);
}

/**
 * The driver adapter cuts a script at every semicolon, also inside a function body, and spreads the
 * pieces over a pool. Sent whole, PostgreSQL parses it itself and runs it as one transaction; a
 * migration is marked as finished in that same transaction, so that it is either both or neither.
 */
function wholeScripts(pool: Pool): SqlMigrationAwareDriverAdapterFactory {
  const migrations = new Set(migrationNames().map(readScript));
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const connection = await connect();
    return Object.assign(connection, {
      executeScript: async (script: string) => {
        const inOne = `select pg_advisory_xact_lock(${SCRIPT_LOCK});\n${script};\n${FINISH}`;
        const sql = migrations.has(script) ? inOne : script;
        // Without arguments it goes out as it is; unlike the pool, this words errors for the engine.
        await connection.executeRaw({ sql, args: [], argTypes: [] });
      },
    });
  };
  return factory;
}

export function schemaFile(): [path: string, content: string] {
  const path = join(FOLDER, "schema.prisma");
  return [path, readFileSync(path, "utf8")];
}

/** The migrations on disk, oldest first, as the engine wants them. */
export function readMigrations(): MigrationList {
  return {
    baseDir: MIGRATIONS_FOLDER,
    lockfile: {
      path: "migration_lock.toml",
      content: readFileSync(join(MIGRATIONS_FOLDER, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: migrationNames().map((path) => ({
      path,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok" as const, value: readScript(path) },
      },
    })),
  };
}

function migrationNames(): string[] {
  return readdirSync(MIGRATIONS_FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

const readScript = (name: string): string =>
  readFileSync(join(MIGRATIONS_FOLDER, name, "migration.sql"), "utf8");
