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
import { Pool } from "pg";

const FOLDER = import.meta.dirname;
export const MIGRATIONS_FOLDER = join(FOLDER, "migrations");
export const NO_FILTER = { externalTables: [], externalEnums: [] };

/**
 * Prisma's schema engine as WebAssembly, over the same driver adapter as the application.
 * The stock command line would download a native engine; this is the same engine without that.
 */
export async function openSchemaEngine(databaseUrl: string): Promise<SchemaEngine> {
  const wasmFile = createRequire(import.meta.url)
    .resolve("@prisma/schema-engine-wasm")
    .replace(/schema_engine\.js$/, "schema_engine_bg.wasm");
  const { instance } = await WebAssembly.instantiate(readFileSync(wasmFile), {
    "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports,
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  const adapter = bindMigrationAwareSqlAdapterFactory(wholeScripts(databaseUrl));
  return SchemaEngine.new({ datamodels: [schemaFile()] }, () => undefined, adapter);
}

/**
 * The driver adapter cuts a script at every semicolon, also inside a function body, and spreads the
 * pieces over a pool. Sent whole, PostgreSQL parses it itself and runs it as one transaction.
 */
function wholeScripts(databaseUrl: string): SqlMigrationAwareDriverAdapterFactory {
  const pool = new Pool({ connectionString: databaseUrl });
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () =>
    Object.assign(await connect(), {
      executeScript: async (script: string) => {
        await pool.query(script);
      },
    });
  return factory;
}

export function schemaFile(): [path: string, content: string] {
  const path = join(FOLDER, "schema.prisma");
  return [path, readFileSync(path, "utf8")];
}

/** The migrations on disk, oldest first, as the engine wants them. */
export function readMigrations(): MigrationList {
  const directories = readdirSync(MIGRATIONS_FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: MIGRATIONS_FOLDER,
    lockfile: {
      path: "migration_lock.toml",
      content: readFileSync(join(MIGRATIONS_FOLDER, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: directories.map((path) => ({
      path,
      migrationFile: {
        path: "migration.sql",
        content: {
          tag: "ok" as const,
          value: readFileSync(join(MIGRATIONS_FOLDER, path, "migration.sql"), "utf8"),
        },
      },
    })),
  };
}
