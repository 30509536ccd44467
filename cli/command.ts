import type { ParseArgsConfig } from "node:util";
import type { Actor } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Env } from "#lib/platform/env.ts";

/** What was typed. */
export type Given = {
  /** Of options with a value; missing where the option wasn't given. */
  texts: Record<string, string | undefined>;
  /** Options without a value that were given. */
  flags: readonly string[];
  positionals: string[];
};

/** What a command works with. Opened at the first call, closed when the command has ended. */
export type Tools = {
  env(): Env;
  core(): Promise<Core>;
  /** Something to be closed at the end, whichever way that comes. */
  onClose(close: () => Promise<unknown>): void;
  /** A line for a person who waits; never part of the result. */
  tell(line: string): void;
  wait(ms: number): Promise<unknown>;
};

export type Result = {
  /** For programs, with `--json`. */
  json: unknown;
  /** For people. */
  text: string;
  /** False where what was checked isn't as it should be. */
  ok: boolean;
};

export type Command = {
  /** As it is typed, e.g. `supplier set`. */
  name: string;
  /** What follows the name. */
  usage: string;
  summary: string;
  /** More for `--help`. */
  help?: string;
  /** Names of what has to follow, in order. */
  positionals: readonly string[];
  /** Beside `--json` and `--help`, which each command has. */
  options: NonNullable<ParseArgsConfig["options"]>;
  run(given: Given, tools: Tools): Promise<Result>;
};

/** Who acts, in audit entries: whoever may run commands here may do all of this. */
export const COMMAND_LINE = { kind: "job", name: "command line" } as const satisfies Actor;

/** It was typed wrongly: a sentence, the usage, exit code 2. */
export class UsageProblem extends Error {}

/** It can't be done: a sentence, exit code 1. */
export class Failure extends Error {}
