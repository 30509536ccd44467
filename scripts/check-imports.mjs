/**
 * Holds the rules of `.dependency-cruiser.cjs` and prints each import that breaks one, with the
 * reason. Run as a program, with another folder to look at as its argument where need be; ends with
 * code 1 where there is any.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { root } from "./base/root.mjs";
import { say } from "./base/say.mjs";

const require = createRequire(import.meta.url);
const { rules, runTimeRules, options } = require("../.dependency-cruiser.cjs");
const folders = [
  "app",
  "bench",
  "cli",
  "components",
  "harness",
  "i18n",
  "lib",
  "prisma",
  "receiver",
  "simulator",
  "e2e",
];

let dropTypeImports = false;
teachSwc();
const { cruise } = await import("dependency-cruiser");

process.chdir(process.argv[2] ?? root);
const everyImport = await check(rules);
dropTypeImports = true;
const runTimeImports = await check(runTimeRules);
process.exit(everyImport && runTimeImports ? 0 : 1);

async function check(forbidden) {
  const present = folders.filter((folder) => existsSync(folder));
  const { output, exitCode } = await cruise(
    present,
    { ...options, ruleSet: { forbidden }, validate: true, outputType: "err-long" },
    options.enhancedResolveOptions,
  );
  if (exitCode !== 0) say(output.trim());
  return exitCode === 0;
}

/**
 * dependency-cruiser parses through swc, and without two of its abilities: JSX, and telling imports
 * of mere types apart. Its parse call is given both here, before it loads swc itself.
 */
function teachSwc() {
  const swc = require("@swc/core");
  const parse = swc.parseFileSync;
  swc.parseFileSync = (file, parseOptions) => {
    const tree = parse(file, { ...parseOptions, tsx: file.endsWith("x") });
    if (dropTypeImports) tree.body = tree.body.filter((item) => !isTypeImport(item));
    return tree;
  };
}

function isTypeImport({ type, typeOnly, specifiers }) {
  if (type !== "ImportDeclaration" && type !== "ExportNamedDeclaration") return false;
  return typeOnly || (specifiers?.length > 0 && specifiers.every((each) => each.isTypeOnly));
}
