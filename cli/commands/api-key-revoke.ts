import { revokeKey } from "#lib/api/revoke-key.ts";
import { COMMAND_LINE, type Command } from "../command.ts";
import { keyNamed, openKeys } from "./api-key-tools.ts";
import { AT_THE_MACHINE } from "./endpoint-tools.ts";

export const apiKeyRevoke: Command = {
  name: "api-key revoke",
  usage: "KEY [--json]",
  summary: "Ends a key, by its id, prefix or name: the next request with it is refused.",
  positionals: ["key's id, prefix or name"],
  options: {},
  async run({ positionals }, tools) {
    const core = await openKeys(tools);
    const { id, name, prefix } = await keyNamed(core, positionals[0] ?? "");
    await revokeKey(core, COMMAND_LINE, id, AT_THE_MACHINE);
    return { json: { id, prefix }, text: `${prefix} (${name}) is revoked.`, ok: true };
  },
};
