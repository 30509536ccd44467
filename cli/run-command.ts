import { parseArgs } from "node:util";
import { KeyholdError } from "#lib/platform/errors.ts";
import { type Command, Failure, type Given, type Tools, UsageProblem } from "./command.ts";

export type Streams = { out(text: string): void; err(text: string): void };

const COMMON = { json: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;

/** Runs what was typed and answers the exit code: 0, 1 for a failed check, 2 for wrong usage. */
export async function runCommand(
  commands: readonly Command[],
  argv: readonly string[],
  tools: Tools,
  { out, err }: Streams,
): Promise<0 | 1 | 2> {
  let command: Command | undefined;
  try {
    if (argv.length === 0) throw new UsageProblem("Which command?");
    if (["--help", "-h", "help"].includes(argv[0] ?? "")) {
      out(overview(commands));
      return 0;
    }
    command = find(commands, argv);
    const { given, json, help } = parse(command, argv.slice(command.name.split(" ").length));
    if (help) {
      out(helpOf(command));
      return 0;
    }
    const result = await command.run(given, tools);
    out(json ? `${JSON.stringify(result.json, null, 2)}\n` : `${result.text}\n`);
    return result.ok ? 0 : 1;
  } catch (error) {
    if (error instanceof UsageProblem) {
      err(`${error.message}\n\n${command ? usageOf(command) : overview(commands)}`);
      return 2;
    }
    err(`${sayFailure(error)}\n`);
    return 1;
  }
}

/** The command whose name the arguments begin with; the longest of several. */
function find(commands: readonly Command[], argv: readonly string[]): Command {
  const typed = `${argv.join(" ")} `;
  const found = commands
    .filter(({ name }) => typed.startsWith(`${name} `))
    .sort((left, right) => right.name.length - left.name.length)[0];
  if (found) return found;
  throw new UsageProblem(
    `There is no command "${argv
      .filter((word) => !word.startsWith("-"))
      .slice(0, 2)
      .join(" ")}".`,
  );
}

function parse(
  { options, positionals }: Command,
  args: string[],
): { given: Given; json: boolean; help: boolean } {
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args, options: { ...options, ...COMMON }, allowPositionals: true });
  } catch (error) {
    throw new UsageProblem(firstSentence((error as Error).message));
  }
  const { values } = parsed;
  const help = values.help === true;
  const texts = Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
  const [missing] = positionals.slice(parsed.positionals.length);
  if (!help && missing) throw new UsageProblem(`The ${missing} is missing.`);
  const extra = parsed.positionals[positionals.length];
  if (!help && extra !== undefined) throw new UsageProblem(`"${extra}" is one word too many.`);
  const flags = Object.keys(values).filter((name) => name in options && values[name] === true);
  const given = { texts, flags, positionals: parsed.positionals };
  return { given, json: values.json === true, help };
}

const firstSentence = (message: string): string => `${message.split(/[.\n](?:\s|$)/)[0]}.`;

function sayFailure(error: unknown): string {
  if (error instanceof Failure) return error.message;
  if (error instanceof KeyholdError) return `That can't be done (${error.code}): ${error.message}.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const call = ({ name, usage }: Command): string =>
  `npm run -s keyhold -- ${name}${usage && ` ${usage}`}`;
const usageOf = (command: Command): string => `Usage: ${call(command)}\n`;

function helpOf(command: Command): string {
  const more = command.help ? `\n${command.help}\n` : "";
  return `${command.summary}\n\n${usageOf(command)}${more}`;
}

function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name, usage }) => name.length + usage.length + 1));
  const lines = commands.map(
    ({ name, usage, summary }) => `  ${`${name} ${usage}`.padEnd(width)}  ${summary}`,
  );
  return [
    "Keyhold's command line: npm run -s keyhold -- <command>",
    "",
    ...lines,
    "",
    "With --json the answer is JSON and nothing else; --help says more of a command.",
    "Exit code: 0 done, 1 it failed or a check did, 2 typed wrongly.",
    "",
  ].join("\n");
}
