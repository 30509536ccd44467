import { readEndpoints } from "#lib/deliveries/read-endpoints.ts";
import { COMMAND_LINE, type Command } from "../command.ts";
import { table } from "../table.ts";
import { openEndpoints } from "./endpoint-tools.ts";
import { stateOf } from "./endpoint-view.ts";

export const endpointList: Command = {
  name: "endpoint list",
  usage: "[--json]",
  summary: "Shows where events are sent to, and how each endpoint is.",
  positionals: [],
  options: {},
  async run(_, tools) {
    const { rows } = await readEndpoints(await openEndpoints(tools), COMMAND_LINE);
    const lines = rows.map((row) => [
      row.name,
      row.channel,
      stateOf(row),
      row.tries === 0 ? "–" : `${row.accepted} of ${row.tries}`,
      `${row.pending}`,
      row.target,
    ]);
    const heading = ["Name", "Channel", "State", "Accepted, 24 h", "Waiting", "Leads to"];
    const text = rows.length === 0 ? "There is no endpoint." : table(heading, lines);
    return { json: rows, text, ok: true };
  },
};
