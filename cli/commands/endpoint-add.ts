import { addEndpoint } from "#lib/deliveries/add-endpoint.ts";
import { CHANNELS } from "#lib/deliveries/types.ts";
import { COMMAND_LINE, type Command, UsageProblem } from "../command.ts";
import {
  AT_THE_MACHINE,
  openEndpoints,
  SETTINGS_HELP,
  SETTINGS_OPTIONS,
  sayProblems,
  sayUntested,
  typedSettings,
} from "./endpoint-tools.ts";

const USUAL_EVENTS = [
  "order.completed",
  "order.partial",
  "order.cancelled",
  "order.failed",
  "order.refunded",
] as const;

export const endpointAdd: Command = {
  name: "endpoint add",
  usage: "--channel CHANNEL [--url URL] [--events TYPES] [--include-codes] […]",
  summary: "Sets up where events are sent to; prints its id and signing secret as JSON.",
  help: `  --channel       ${CHANNELS.join(", ")}
${SETTINGS_HELP}

Without --events it is told how orders end. The signing secret is shown this once. A receiver that checks
signatures can't take the test message before it has that secret: give one with --secrets-file, or --untested.

Example: npm run -s keyhold -- endpoint add --channel webhook --url https://shop.example.com/hooks \\
           --events order.completed,order.failed`,
  positionals: [],
  options: { ...SETTINGS_OPTIONS, channel: { type: "string" } },
  async run(given, tools) {
    const channel = CHANNELS.find((kind) => kind === given.texts.channel);
    if (!channel) throw new UsageProblem(`--channel has to be one of ${CHANNELS.join(", ")}.`);
    const typed = typedSettings(given);
    const { config = {} } = typed;
    const wish = { name: nameFor(channel, config), events: [...USUAL_EVENTS], config, ...typed };
    const ctx = await openEndpoints(tools);
    const added = await addEndpoint(ctx, COMMAND_LINE, { ...wish, channel }, AT_THE_MACHINE);
    if (added.kind === "invalid") throw sayProblems(added.problems);
    if (added.kind === "untested") throw sayUntested(wish.name, added.outcome);
    const { id, secret } = added;
    return { json: { id, secret }, text: JSON.stringify({ id, secret }), ok: true };
  },
};

/** Where none is given: what it leads to. */
function nameFor(channel: string, { url, host, queueUrl }: Record<string, unknown>): string {
  const address = String(url ?? queueUrl ?? "");
  const name = URL.canParse(address) ? new URL(address).host : String(host ?? channel);
  return name.slice(0, 60);
}
