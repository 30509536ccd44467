import { deletePolicy } from "#lib/alerts/policies/delete-policy.ts";
import { readPolicies } from "#lib/alerts/policies/read-policies.ts";
import { readRecipients } from "#lib/alerts/policies/read-recipients.ts";
import { type PolicyEdit, savePolicy } from "#lib/alerts/policies/save-policy.ts";
import type { PolicyView, Recipients } from "#lib/alerts/policies/types.ts";
import { COMMAND_LINE, type Command, Failure, UsageProblem } from "../command.ts";
import { AT_THE_MACHINE } from "./endpoint-tools.ts";
import { policyText } from "./policy-view.ts";

const MINUTE = 60_000;

export const policySet: Command = {
  name: "policy set",
  usage: "<name> --config JSON | --remove [--json]",
  summary: "Makes or changes who is told of alerts that nobody takes; what is left out stays.",
  help: `  --config  an object such as
            {"severityFloor": "warning", "kinds": [], "steps": [{"afterMinutes": 0, "endpoint": "Ops"},
             {"afterMinutes": 15, "endpoint": "Mail", "person": "asha@example.com"}],
             "repeatAfterMinutes": 30, "repeats": 2,
             "quiet": {"from": "22:00", "to": "07:00", "timeZone": "Asia/Kolkata", "floor": "critical"}}
  --remove  takes it away`,
  positionals: ["policy's name"],
  options: { config: { type: "string" }, remove: { type: "boolean" } },
  async run({ texts, flags, positionals: [name = ""] }, tools) {
    const core = await tools.core();
    const { rows } = await readPolicies(core, COMMAND_LINE);
    const before = rows.find((row) => row.name.toLowerCase() === name.toLowerCase()) ?? null;
    if (flags.includes("remove")) {
      if (!before) throw new Failure(`There is no policy called ${name}.`);
      await deletePolicy(core, COMMAND_LINE, before, AT_THE_MACHINE);
      return { json: { removed: before.id }, text: `${before.name} is gone.`, ok: true };
    }
    const recipients = await readRecipients(core, COMMAND_LINE);
    const wish = wishOf(readObject(texts.config), recipients);
    const edit = { ...(before ? settingsOf(before) : {}), ...wish } as PolicyEdit;
    const saved = await savePolicy(
      core,
      COMMAND_LINE,
      {
        ...edit,
        id: before?.id ?? null,
        version: before?.version ?? null,
        name: before?.name ?? name,
      },
      AT_THE_MACHINE,
    );
    if (saved.kind === "invalid") {
      const lines = saved.problems.map(
        ({ path, code }) => `  ${path}: ${code.replaceAll("_", " ")}`,
      );
      throw new Failure(`That can't be a policy:\n${lines.join("\n")}`);
    }
    const after = (await readPolicies(core, COMMAND_LINE)).rows.find(({ id }) => id === saved.id);
    if (!after) throw new Failure("It was taken away meanwhile.");
    return { json: after, text: policyText(after), ok: true };
  },
};

const settingsOf = ({
  kinds,
  severityFloor,
  steps,
  repeatAfterMs,
  repeats,
  quiet,
}: PolicyView) => ({
  ...{ kinds, severityFloor, repeatAfterMs, repeats, quiet },
  steps: steps.map(({ afterMs, endpoint, user }) => ({
    ...{ afterMs, endpointId: endpoint.id, userId: user?.id ?? null },
  })),
});

/** Names become ids, minutes milliseconds, and times of the day minutes; the verb checks the rest. */
function wishOf(typed: Record<string, unknown>, recipients: Recipients): Record<string, unknown> {
  const { steps, repeatAfterMinutes, quiet, ...rest } = typed;
  return {
    ...rest,
    ...(Array.isArray(steps) ? { steps: steps.map((step) => stepOf(step, recipients)) } : {}),
    ...(repeatAfterMinutes === undefined
      ? {}
      : { repeatAfterMs: repeatAfterMinutes === null ? null : msOf(repeatAfterMinutes) }),
    ...(quiet === undefined ? {} : { quiet: quiet === null ? null : quietOf(quiet) }),
  };
}

function stepOf(step: unknown, { endpoints, people }: Recipients) {
  const { afterMinutes = 0, endpoint, person } = (step ?? {}) as Record<string, unknown>;
  const found = endpoints.find(({ id, name }) => same(endpoint, id) || same(endpoint, name));
  if (!found) throw new Failure(`There is no endpoint called ${String(endpoint)}.`);
  const human =
    person === undefined
      ? null
      : people.find(({ email, name }) => same(person, email) || same(person, name));
  if (human === undefined) throw new Failure(`There is nobody called ${String(person)}.`);
  return { afterMs: msOf(afterMinutes), endpointId: found.id, userId: human?.id ?? null };
}

function quietOf(quiet: unknown) {
  const { from, to, ...rest } = (quiet ?? {}) as Record<string, unknown>;
  return { ...rest, from: minuteOf(from), to: minuteOf(to) };
}

const same = (typed: unknown, known: string): boolean =>
  String(typed).toLowerCase() === known.toLowerCase();

const msOf = (minutes: unknown): number => Math.round(Number(minutes) * MINUTE);

/** -1 for what is no time of the day. */
function minuteOf(clock: unknown): number {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(String(clock)) ?? [];
  return hours && minutes ? Number(hours) * 60 + Number(minutes) : -1;
}

function readObject(text: string | undefined): Record<string, unknown> {
  if (text === undefined) throw new UsageProblem("--config or --remove has to be given.");
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageProblem(
      "--config isn't JSON. Put it in single quotes, so that the shell leaves it alone.",
    );
  }
  if (typeof json === "object" && json !== null && !Array.isArray(json)) {
    return json as Record<string, unknown>;
  }
  throw new UsageProblem("--config has to be a JSON object.");
}
