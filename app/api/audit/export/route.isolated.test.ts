import { beforeEach, expect, it, vi } from "vitest";
import { GET } from "./route.ts";

const exportAuditLog = vi.hoisted(() => vi.fn());
vi.mock("#lib/audit/export-audit-log.ts", () => ({
  EXPORT_FORMATS: ["csv", "jsonl"],
  exportAuditLog,
}));
// Who asks is beside the point here, and Next tells it only inside its own server.
vi.mock("#app/_server/current-actor.ts", () => ({
  correlationId: async () => "00000000",
  currentActor: async () => ({ kind: "user", name: "Asha" }),
}));
vi.mock("#app/_server/runtime.ts", () => ({
  runtime: async () => ({ now: () => new Date("2026-11-22T10:00:00Z") }),
}));

beforeEach(() => {
  exportAuditLog.mockReset().mockResolvedValue(
    (async function* () {
      yield "seq\n";
      yield "1\n";
    })(),
  );
});

const ask = (method: string) =>
  GET(new Request("http://ops.example.com/api/audit/export?format=csv", { method }));

it("is a file for whoever asks for it", async () => {
  const answer = await ask("GET");
  expect(answer.headers.get("content-disposition")).toContain("keyhold-audit-2026-11-22.csv");
  expect(await answer.text()).toBe("seq\n1\n");
});

it("notes no export that nobody gets: a HEAD is refused", async () => {
  const answer = await ask("HEAD");
  expect(answer.status).toBe(405);
  expect(answer.headers.get("allow")).toBe("GET");
  expect(exportAuditLog).not.toHaveBeenCalled();
});
