import { readKeys } from "#lib/api/read-keys.ts";
import { COMMAND_LINE, type Command } from "../command.ts";
import { table } from "../table.ts";
import { openKeys } from "./api-key-tools.ts";

export const apiKeyList: Command = {
  name: "api-key list",
  usage: "[--json]",
  summary: "Shows the keys of storefronts and bots; never the keys themselves.",
  positionals: [],
  options: {},
  async run(_, tools) {
    const keys = await readKeys(await openKeys(tools), COMMAND_LINE);
    const lines = keys.map((key) => [
      key.prefix,
      key.name,
      key.state,
      key.scopes.join(" "),
      key.lastUsedAt ?? "never",
      key.expiresAt ?? "–",
    ]);
    const heading = ["Prefix", "Name", "State", "Scopes", "Last used", "Expires"];
    const text = keys.length === 0 ? "There is no API key." : table(heading, lines);
    return { json: keys, text, ok: true };
  },
};
