import { rotateSecret } from "#lib/deliveries/rotate-secret.ts";
import { COMMAND_LINE, type Command } from "../command.ts";
import { AT_THE_MACHINE, endpointNamed, openEndpoints } from "./endpoint-tools.ts";

export const endpointRotate: Command = {
  name: "endpoint rotate",
  usage: "<id or name> [--at-once]",
  summary: "Gives a webhook another signing secret, and prints it as JSON, this once.",
  help: `For 24 hours messages are signed with the old one, too. --at-once ends that now, for a secret that leaked.`,
  positionals: ["endpoint's id or name"],
  options: { "at-once": { type: "boolean" } },
  async run({ positionals: [wanted = ""], flags }, tools) {
    const ctx = await openEndpoints(tools);
    const { id } = await endpointNamed(ctx, wanted);
    const atOnce = flags.includes("at-once");
    const rotated = await rotateSecret(ctx, COMMAND_LINE, { id, atOnce }, AT_THE_MACHINE);
    const json = { id, ...rotated };
    return { json, text: JSON.stringify(json), ok: true };
  },
};
