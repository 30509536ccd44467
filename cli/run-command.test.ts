import { describe, expect, it } from "vitest";
import { KeyholdError } from "#lib/platform/errors.ts";
import { type Command, Failure, type Given, type Tools, UsageProblem } from "./command.ts";
import { runCommand } from "./run-command.ts";

const tools = {} as Tools;

const command = (facts: Partial<Command> = {}): Command => ({
  name: "shop open",
  usage: "<door> [--with KEY] [--json]",
  summary: "Opens the shop.",
  positionals: ["door"],
  options: { with: { type: "string" } },
  run: async (given) => ({ json: given, text: "It is open.", ok: true }),
  ...facts,
});

async function run(argv: string[], commands = [command()]) {
  const said = { out: "", err: "" };
  const code = await runCommand(commands, argv, tools, {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
  });
  return { code, ...said };
}

describe("runCommand", () => {
  it("hands over what was typed, and prints what comes of it", async () => {
    expect(await run(["shop", "open", "front"])).toEqual({
      code: 0,
      out: "It is open.\n",
      err: "",
    });
    const { code, out, err } = await run(["shop", "open", "--with", "a", "--json", "front"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toEqual({
      texts: { with: "a" },
      flags: [],
      positionals: ["front"],
    } satisfies Given);
  });

  it("answers 1 where a check fails, with its result", async () => {
    const failing = command({ run: async () => ({ json: { ok: false }, text: "No.", ok: false }) });
    expect(await run(["shop", "open", "front"], [failing])).toMatchObject({
      code: 1,
      out: "No.\n",
    });
  });

  it.each([
    [[], "Which command?"],
    [["shop"], 'There is no command "shop".'],
    [["shop", "close", "--json"], 'There is no command "shop close".'],
    [["shop", "open"], "The door is missing."],
    [["shop", "open", "front", "back"], '"back" is one word too many.'],
    [["shop", "open", "front", "--wiht", "a"], "Unknown option '--wiht'."],
    [["shop", "open", "front", "--with"], "Option '--with <value>' argument missing."],
  ])("answers 2 to %j, with a sentence and the usage", async (argv, sentence) => {
    const { code, out, err } = await run(argv);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err.split("\n")[0]).toBe(sentence);
    expect(err).toContain("shop open <door> [--with KEY] [--json]");
  });

  it.each([["--help"], ["-h"], ["help"]])("tells what there is for %s", async (word) => {
    const { code, out, err } = await run([word]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("Opens the shop.");
  });

  it("tells more of one command, however little else was typed", async () => {
    const { code, out } = await run(
      ["shop", "open", "--help"],
      [command({ help: "Mind the step." })],
    );
    expect(code).toBe(0);
    expect(out).toContain("Mind the step.");
  });

  it("prefers the longer of two names", async () => {
    const shop = command({
      name: "shop",
      positionals: [],
      run: async () => ({ json: 1, text: "", ok: true }),
    });
    expect((await run(["shop", "open", "front"], [shop, command()])).out).toBe("It is open.\n");
  });

  it.each([
    [new UsageProblem("Not like that."), 2, "Not like that.\n\nUsage:"],
    [new Failure("It can't be done."), 1, "It can't be done.\n"],
    [
      new KeyholdError("conflict", "somebody else did"),
      1,
      "That can't be done (conflict): somebody else did.\n",
    ],
    [new TypeError("a bug"), 1, "TypeError: a bug\n    at "],
  ])("says %s in a sentence, a bug with its place", async (error, code, said) => {
    const failing = command({ run: () => Promise.reject(error) });
    const result = await run(["shop", "open", "front", "--json"], [failing]);
    expect(result).toMatchObject({ code, out: "" });
    expect(result.err).toContain(said);
  });
});
