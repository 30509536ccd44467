import { readPolicies } from "#lib/alerts/policies/read-policies.ts";
import { COMMAND_LINE, type Command } from "../command.ts";
import { policyText } from "./policy-view.ts";

export const policyList: Command = {
  name: "policy list",
  usage: "[--json]",
  summary: "Shows who is told of alerts that nobody takes.",
  positionals: [],
  options: {},
  async run(_, tools) {
    const { rows } = await readPolicies(await tools.core(), COMMAND_LINE);
    const text =
      rows.length === 0
        ? "There is no policy: nobody is told of alerts."
        : rows.map(policyText).join("\n\n");
    return { json: rows, text, ok: true };
  },
};
