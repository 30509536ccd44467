import { readFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { withClient } from "../world/databases.ts";
import type { World } from "../world/world.ts";

const LIBRARIES = ["graphile-worker", "pg-boss", "bullmq", "ioredis", "undici", "pg"];

/** What was measured with, in one sentence. */
export async function readVersions({ adminUrl, redisUrl }: World): Promise<string> {
  const postgres = await withClient(adminUrl, async (client) => {
    const { rows } = await client.query<{ name: string; setting: string }>(
      "select name, setting from pg_settings where name in ('server_version', 'fsync', 'synchronous_commit') order by name",
    );
    return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  });
  return [
    `Node ${process.versions.node}`,
    `PostgreSQL ${postgres.server_version} (fsync ${postgres.fsync}, synchronous_commit ${postgres.synchronous_commit})`,
    redisUrl ? await redisVersion(redisUrl) : "no Redis",
    ...LIBRARIES.map((name) => `${name} ${versionOf(name)}`),
    `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? "unknown"}`,
  ].join(", ");
}

async function redisVersion(url: string): Promise<string> {
  const { Redis } = await import("ioredis");
  const redis = new Redis(url, { maxRetriesPerRequest: 1 });
  try {
    const info = await redis.info();
    const read = (name: string) => new RegExp(`^${name}:(\\S+)`, "m").exec(info)?.[1] ?? "?";
    return `Redis ${read("redis_version")} (AOF ${read("aof_enabled") === "1" ? "on" : "off"})`;
  } finally {
    redis.disconnect();
  }
}

function versionOf(name: string): string {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
