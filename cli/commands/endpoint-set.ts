import { editEndpoint } from "#lib/deliveries/edit-endpoint.ts";
import { readEndpoint } from "#lib/deliveries/read-endpoint.ts";
import { COMMAND_LINE, type Command, Failure } from "../command.ts";
import {
  AT_THE_MACHINE,
  endpointNamed,
  openEndpoints,
  SETTINGS_HELP,
  SETTINGS_OPTIONS,
  sayProblems,
  sayUntested,
  typedSettings,
} from "./endpoint-tools.ts";
import { endpointText } from "./endpoint-view.ts";

export const endpointSet: Command = {
  name: "endpoint set",
  usage: "<id or name> [--url URL] [--events TYPES] […] [--json]",
  summary: "Changes an endpoint; what is left out stays as it is.",
  help: `${SETTINGS_HELP}

Where it leads elsewhere, its secrets have to be given again.`,
  positionals: ["endpoint's id or name"],
  options: SETTINGS_OPTIONS,
  async run(given, tools) {
    const typed = typedSettings(given);
    const ctx = await openEndpoints(tools);
    const { id } = await endpointNamed(ctx, given.positionals[0] ?? "");
    const before = await readEndpoint(ctx, COMMAND_LINE, id);
    if (!before?.settings) throw new Failure("Its secrets can't be opened with the keys set here.");
    const { name, events, productIds, includesMock, payload, retryPlanMs } = before;
    const { isOrdered, sendsAtOnce, ratePerMinute, version, settings } = before;
    const wish = {
      ...{ name, events, productIds, includesMock, payload, retryPlanMs },
      ...{ isOrdered, sendsAtOnce, ratePerMinute, id, version },
      ...typed,
      config: { ...settings.config, ...typed.config },
    };
    const edited = await editEndpoint(ctx, COMMAND_LINE, wish, AT_THE_MACHINE);
    if (edited.kind === "invalid") throw sayProblems(edited.problems);
    if (edited.kind === "untested") throw sayUntested(wish.name, edited.outcome);
    const after = await readEndpoint(ctx, COMMAND_LINE, id);
    if (!after) throw new Failure("It was deleted meanwhile.");
    return { json: after, text: endpointText(after), ok: true };
  },
};
