/** Every benchmark runs once, with next to nothing: whether its machinery works, not how fast anything is. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TEMPLATE_DATABASE } from "#prisma/test-database.ts";
import { BENCHES } from "./benches.ts";
import { entryOf } from "./frame/report.ts";
import { withClient } from "./world/databases.ts";
import { openRedis, type Redis } from "./world/redis.ts";
import type { World } from "./world/world.ts";

const TINY = { rounds: 1, tiny: true };
/** Starting processes is all that takes time here. */
const PATIENCE_MS = 240_000;

const folder = mkdtempSync(join(tmpdir(), "keyhold-bench-"));
let redis: Redis | null = null;
let world: World;

beforeAll(async () => {
  const adminUrl = process.env.KEYHOLD_TEST_DATABASE_URL;
  if (!adminUrl)
    throw new Error("KEYHOLD_TEST_DATABASE_URL is not set: run the tests by `npm test`.");
  const hasRedis =
    process.env.REDIS_URL !== undefined || spawnSync("redis-server", ["--version"]).status === 0;
  if (hasRedis) redis = await openRedis(folder);
  world = {
    adminUrl,
    template: TEMPLATE_DATABASE,
    folder,
    redisUrl: redis?.url ?? null,
    redisMissing: hasRedis ? null : "no redis-server on the PATH",
    restartPostgres: () => cutConnections(adminUrl),
  };
}, PATIENCE_MS);

afterAll(async () => {
  await redis?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The server is other tests' too: only what is connected to databases of benchmarks is cut off. */
async function cutConnections(adminUrl: string): Promise<void> {
  await withClient(adminUrl, (client) =>
    client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname like 'test\\_bench\\_%'",
    ),
  );
}

test.each(BENCHES.map((bench) => [bench.id, bench] as const))(
  "%s",
  async (_, bench) => {
    const said: string[] = [];
    const findings = await bench.run(world, TINY, (line) => said.push(line));
    for (const line of said.filter((each) => each.includes("without")))
      process.stdout.write(`${line}\n`);

    expect(findings.length).toBeGreaterThan(0);
    const entry = entryOf({ bench, findings });
    expect(entry).toMatchObject({
      id: bench.id,
      ratio: expect.any(Number),
      ok: expect.any(Boolean),
    });
    for (const { ratio } of findings) expect(Number.isFinite(ratio)).toBe(true);
  },
  PATIENCE_MS,
);
