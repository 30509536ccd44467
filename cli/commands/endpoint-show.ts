import { readEndpoint } from "#lib/deliveries/read-endpoint.ts";
import { COMMAND_LINE, type Command, Failure } from "../command.ts";
import { endpointNamed, openEndpoints } from "./endpoint-tools.ts";
import { endpointText } from "./endpoint-view.ts";

export const endpointShow: Command = {
  name: "endpoint show",
  usage: "<id or name> [--json]",
  summary: "Shows how an endpoint is set; never its secrets.",
  positionals: ["endpoint's id or name"],
  options: {},
  async run({ positionals: [wanted = ""] }, tools) {
    const ctx = await openEndpoints(tools);
    const { id } = await endpointNamed(ctx, wanted);
    const endpoint = await readEndpoint(ctx, COMMAND_LINE, id);
    if (!endpoint) throw new Failure("It was deleted this moment.");
    return { json: endpoint, text: endpointText(endpoint), ok: true };
  },
};
