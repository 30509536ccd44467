/** What the commands on endpoints share. */
import { readFileSync } from "node:fs";
import { openChannels } from "#lib/deliveries/channels/open-channels.ts";
import type { EndpointContext } from "#lib/deliveries/endpoint-context.ts";
import type { EndpointInput, EndpointProblem } from "#lib/deliveries/endpoint-input.ts";
import type { EndpointRow } from "#lib/deliveries/endpoint-types.ts";
import { readEndpoints } from "#lib/deliveries/read-endpoints.ts";
import type { TestOutcome } from "#lib/deliveries/test-endpoint.ts";
import { openKeySource } from "#lib/platform/open-key-source.ts";
import { openSealer } from "#lib/platform/open-sealer.ts";
import { createOutboundGuard } from "#lib/platform/outbound-guard.ts";
import { COMMAND_LINE, Failure, type Given, type Tools, UsageProblem } from "../command.ts";

/** Whoever runs commands here sits at the machine itself. */
export const AT_THE_MACHINE = { address: null, correlationId: null };

export async function openEndpoints(tools: Tools): Promise<EndpointContext> {
  const env = tools.env();
  const core = await tools.core();
  const guard = createOutboundGuard({
    allowPrivate: env.KEYHOLD_ALLOW_PRIVATE_ENDPOINTS,
    privateHosts: env.KEYHOLD_PRIVATE_HOSTS,
  });
  const channels = openChannels({ guard });
  tools.onClose(() => channels.close());
  return { ...core, sealer: await openSealer(core, openKeySource(env)), channels, guard };
}

/** The endpoint with this id or name; fails with a sentence where there is none. */
export async function endpointNamed(ctx: EndpointContext, wanted: string): Promise<EndpointRow> {
  const { rows } = await readEndpoints(ctx, COMMAND_LINE);
  const same = (text: string) => text.toLowerCase() === wanted.toLowerCase();
  const found = rows.find(({ id, name }) => same(id) || same(name));
  if (found) return found;
  throw new Failure(`There is no endpoint called ${wanted}.`);
}

/** What both `add` and `set` take. */
export const SETTINGS_OPTIONS = {
  name: { type: "string" },
  url: { type: "string" },
  config: { type: "string" },
  "secrets-file": { type: "string" },
  events: { type: "string" },
  settings: { type: "string" },
  thin: { type: "boolean" },
  "claim-link": { type: "boolean" },
  "include-codes": { type: "boolean" },
  reason: { type: "string" },
  untested: { type: "boolean" },
} as const;

export const SETTINGS_HELP = `  --name          what it is called
  --events        types of events, parted by commas, or *; "" for none: only escalation policies write to it
  --config        the channel's settings as JSON; for a webhook --url is enough
  --secrets-file  a file with the channel's secrets as JSON, or - for standard input: a password typed as
                  an option would stand in the shell's history
  --settings      anything else as JSON: productIds, includesMock, retryPlanMs, isOrdered, sendsAtOnce,
                  ratePerMinute
  --claim-link    tells of an order's codes by a link that opens them once
  --include-codes sends the codes themselves, in plain text; audited with --reason
  --thin          tells only how many there are
  --untested      saves it without a test message, as where the receiver isn't there yet`;

const USUAL_REASON = "Chosen on the command line";

/** The part of an endpoint's settings that was typed. */
export function typedSettings({ texts, flags }: Given): Partial<EndpointInput> {
  const { name, url, config, settings, events } = texts;
  const payload = flags.includes("include-codes")
    ? "codes"
    : flags.includes("claim-link")
      ? "claim_link"
      : flags.includes("thin")
        ? "thin"
        : undefined;
  return {
    ...readJson("settings", settings),
    ...(name === undefined ? {} : { name }),
    ...(config === undefined && url === undefined
      ? {}
      : { config: { ...readJson("config", config), ...(url === undefined ? {} : { url }) } }),
    ...(texts["secrets-file"] === undefined ? {} : { secrets: readSecrets(texts["secrets-file"]) }),
    ...(events === undefined ? {} : { events: readEvents(events) }),
    ...(payload === undefined ? {} : { payload }),
    untested: flags.includes("untested"),
    // Asked for also where an endpoint that gets codes leads elsewhere.
    ...(payload === "codes" || texts.reason !== undefined
      ? { codesReason: texts.reason ?? USUAL_REASON }
      : {}),
  } as Partial<EndpointInput>;
}

const readEvents = (text: string) =>
  text
    .split(",")
    .map((type) => type.trim())
    .filter(Boolean) as EndpointInput["events"];

function readJson(option: string, text: string | undefined): Record<string, unknown> {
  if (text === undefined) return {};
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageProblem(
      `--${option} isn't JSON. Put it in single quotes, so that the shell leaves it alone.`,
    );
  }
  if (typeof json === "object" && json !== null && !Array.isArray(json)) {
    return json as Record<string, unknown>;
  }
  throw new UsageProblem(`--${option} has to be a JSON object.`);
}

function readSecrets(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path === "-" ? 0 : path, "utf8");
  } catch (error) {
    throw new Failure(`The secrets can't be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  return readJson("secrets-file", text);
}

/** What is wrong with what was typed, a line each. */
export function sayProblems(problems: readonly EndpointProblem[]): Failure {
  const lines = problems.map(({ path, code }) => `  ${path}: ${WORDS[code] ?? code}`);
  return new Failure(`That can't be an endpoint:\n${lines.join("\n")}`);
}

/** What came of a test message, for people. */
export function outcomeText(name: string, outcome: TestOutcome): string {
  const status = outcome.status === null ? "" : `, status ${outcome.status}`;
  const why = outcome.kind === "accepted" ? "" : ` (${outcome.errorKind})`;
  const said = `${name}: ${outcome.kind}${why}${status}, after ${outcome.tookMs} ms.`;
  return outcome.answer.trim() === "" ? said : `${said}\n${outcome.answer.trim()}`;
}

/** Why nothing was saved. */
export const sayUntested = (name: string, outcome: TestOutcome): Failure =>
  new Failure(
    `Nothing was saved, since the test message wasn't taken.\n${outcomeText(name, outcome)}\n` +
      "With --untested it is saved all the same; try it then with: endpoint test",
  );

const WORDS: Record<string, string> = {
  required: "is missing",
  taken: "another endpoint has this name",
  give_again: "has to be given again, since it leads elsewhere now",
  not_public: "leads to an address that isn't public",
  unresolved: "leads to no address",
  local_name: "is a name of a private network",
  scheme: "has to begin with https://",
  malformed: "is no address",
  port: "is a port that isn't allowed",
  userinfo: "has a user or password in it",
  fragment: "has something after #, which is never sent",
  wrong: "isn't right",
};
