import { tryEndpoint } from "#lib/deliveries/try-endpoint.ts";
import { COMMAND_LINE, type Command } from "../command.ts";
import { AT_THE_MACHINE, endpointNamed, openEndpoints, outcomeText } from "./endpoint-tools.ts";

export const endpointTest: Command = {
  name: "endpoint test",
  usage: "<id or name> [--json]",
  summary: "Sends one test message; exit code 1 when it isn't accepted.",
  positionals: ["endpoint's id or name"],
  options: {},
  async run({ positionals: [wanted = ""] }, tools) {
    const ctx = await openEndpoints(tools);
    const { id, name } = await endpointNamed(ctx, wanted);
    const outcome = await tryEndpoint(ctx, COMMAND_LINE, id, AT_THE_MACHINE);
    const ok = outcome.kind === "accepted";
    return { json: outcome, text: outcomeText(name, outcome), ok };
  },
};
