import { BREAK_WORDS } from "#lib/audit/break-words.ts";
import { verifyAuditChain } from "#lib/audit/verify-audit-chain.ts";
import { MOST_VIOLATIONS, runDoctor } from "#lib/doctor/run-doctor.ts";
import type { CheckResult } from "#lib/doctor/types.ts";
import { CHAIN_INVARIANT } from "#lib/doctor/watch-audit-chain.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Command } from "../command.ts";
import { table } from "../table.ts";

export const doctor: Command = {
  name: "doctor",
  usage: "[--json]",
  summary: "Holds the live database against the invariants; exit code 1 when one doesn't hold.",
  help: "Reads only, within one snapshot. Looks at every order: about a minute for a million of them.",
  positionals: [],
  options: {},
  async run(_, tools) {
    const core = await tools.core();
    const checks = [...(await runDoctor(core)), await checkChain(core)];
    const ok = checks.every(({ violations }) => violations.length === 0);
    return { json: { ok, checks }, text: report(checks), ok };
  },
};

/** Its hashes are none that SQL could make: the key isn't in the database. */
async function checkChain(core: Core): Promise<CheckResult> {
  const { broken } = await verifyAuditChain(core);
  const violations = broken ? [{ subject: broken.seq, detail: BREAK_WORDS[broken.why] }] : [];
  return { id: CHAIN_INVARIANT, title: "The audit chain verifies to its head.", violations };
}

function report(checks: CheckResult[]): string {
  const rows = checks.map(({ id, title, violations }) => [id, said(violations.length), title]);
  const details = checks.flatMap(({ id, violations }) =>
    violations.map(({ subject, detail }) => `${id}  ${subject}  ${detail}`),
  );
  const broken = checks.filter(({ violations }) => violations.length > 0).map(({ id }) => id);
  return [
    table(["Id", "Result", "Invariant"], rows),
    ...(details.length > 0 ? ["", ...details] : []),
    "",
    broken.length === 0 ? "All of them hold." : `Violated: ${broken.join(", ")}.`,
  ].join("\n");
}

function said(count: number): string {
  if (count === 0) return "ok";
  return count === MOST_VIOLATIONS ? `${count} or more` : `${count} violated`;
}
