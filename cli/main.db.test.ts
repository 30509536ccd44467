import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { afterAll, expect, it } from "vitest";
import { createTestDatabase } from "#prisma/test-database.ts";

const { url, drop } = await createTestDatabase();
afterAll(drop);

const installation = {
  DATABASE_URL: url,
  NEXTAUTH_URL: "http://localhost:3000",
  NEXTAUTH_SECRET: "0123456789abcdef0123456789abcdef",
  CRON_SECRET: "0123456789abcdef",
  KEYHOLD_SEALING_KEYS: `k1:${randomBytes(32).toString("base64")}`,
};

/** Each test starts whole processes, and the machine may be busy. */
const PATIENCE = 60_000;

function run(args: string[], env: Record<string, string>) {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", "cli/main.ts", ...args], {
    env: { PATH, HOME, NODE_ENV: "production", ...env },
  });
  const said = { out: "", err: "" };
  child.stdout.on("data", (chunk) => {
    said.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    said.err += chunk;
  });
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.once("close", (code) => resolve({ code, ...said })),
  );
}

it("prints JSON alone on standard output, whatever is logged, and ends", {
  timeout: PATIENCE,
}, async () => {
  const { code, out } = await run(["doctor", "--json"], { ...installation, LOG_LEVEL: "trace" });
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ ok: true });
});

it("says in sentences what keeps it from working", { timeout: PATIENCE }, async () => {
  const [unset, unreachable, empty] = await Promise.all([
    run(["doctor", "--json"], { NEXTAUTH_URL: "nonsense" }),
    run(["doctor", "--json"], {
      ...installation,
      DATABASE_URL: "postgresql://x:y@127.0.0.1:1/gone",
    }),
    run(["doctor"], { ...installation, DATABASE_URL: new URL("/template1", url).href }),
  ]);
  expect(unset).toMatchObject({ code: 1, out: "" });
  expect(unset.err).toContain("NEXTAUTH_URL has to be an address like https://ops.example.com.");
  expect(unreachable).toMatchObject({ code: 1, out: "" });
  expect(unreachable.err).toContain("The database gone at 127.0.0.1:1 can't be asked:");
  expect(unreachable.err).not.toContain("    at ");
  expect(empty).toMatchObject({ code: 1, out: "" });
  expect(empty.err).toContain("hasn't the schema that this build needs");
});
