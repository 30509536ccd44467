import { deleteEndpoint } from "#lib/deliveries/delete-endpoint.ts";
import { COMMAND_LINE, type Command, UsageProblem } from "../command.ts";
import { AT_THE_MACHINE, endpointNamed, openEndpoints } from "./endpoint-tools.ts";

export const endpointRemove: Command = {
  name: "endpoint remove",
  usage: "<id or name> --reason TEXT [--json]",
  summary: "Takes an endpoint away; what waits for it ends unsent.",
  positionals: ["endpoint's id or name"],
  options: { reason: { type: "string" } },
  async run({ positionals: [wanted = ""], texts }, tools) {
    if (!texts.reason) throw new UsageProblem("--reason is missing: why it is taken away.");
    const ctx = await openEndpoints(tools);
    const { id, name } = await endpointNamed(ctx, wanted);
    await deleteEndpoint(ctx, COMMAND_LINE, id, texts.reason, AT_THE_MACHINE);
    return { json: { id }, text: `${name} is taken away.`, ok: true };
  },
};
