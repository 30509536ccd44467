/** What the commands on suppliers share. */
import { readFileSync } from "node:fs";
import { openKeySource } from "#lib/platform/open-key-source.ts";
import { openSealer } from "#lib/platform/open-sealer.ts";
import { createOutboundGuard } from "#lib/platform/outbound-guard.ts";
import { connectSuppliers } from "#lib/suppliers/connect-suppliers.ts";
import type { OpeningContext, SuppliersContext } from "#lib/suppliers/context.ts";
import type { SupplierProblem, TriedConnection } from "#lib/suppliers/room-types.ts";
import { Failure, type Tools, UsageProblem } from "../command.ts";

export async function openingContext(tools: Tools): Promise<OpeningContext> {
  const env = tools.env();
  const core = await tools.core();
  const guard = createOutboundGuard({
    allowPrivate: env.KEYHOLD_ALLOW_PRIVATE_ENDPOINTS,
    privateHosts: env.KEYHOLD_PRIVATE_HOSTS,
  });
  return { ...core, sealer: await openSealer(core, openKeySource(env)), guard, env };
}

export async function openSuppliers(tools: Tools): Promise<SuppliersContext> {
  const ctx = await openingContext(tools);
  const suppliers = await connectSuppliers(ctx);
  tools.onClose(() => suppliers.close());
  return { ...ctx, suppliers };
}

/** The id of the account with this slug; fails with a sentence where there is none. */
export async function supplierId(ctx: SuppliersContext, slug: string): Promise<string> {
  const row = await ctx.db.supplier.findUnique({ where: { slug }, select: { id: true } });
  if (row) return row.id;
  throw new Failure(`There is no supplier called ${slug}.`);
}

/** A value typed as an option would stand in the shell's history, and in the list of processes. */
export const SECRET_HELP = `Secrets come as a JSON object by --secrets-file FILE (- for standard input), or one by one by
--secret NAME=@FILE or --secret NAME=env:VARIABLE. None is taken from the command line itself.`;

/** What `--secrets-file` and `--secret` lead to, by name. */
export function readSecrets(
  { file, one }: { file: string | undefined; one: string | undefined },
  variables: NodeJS.ProcessEnv,
): Record<string, string> {
  const secrets: Record<string, string> = {};
  if (file !== undefined) {
    const json = readJson("secrets-file", readText(file));
    for (const [name, value] of Object.entries(json)) {
      if (typeof value !== "string") throw new UsageProblem(`The secret ${name} isn't a text.`);
      secrets[name] = value;
    }
  }
  for (const part of one?.split(",") ?? []) {
    const [, name, kind, from] = /^\s*(\w+)=(@|env:)(.+?)\s*$/.exec(part) ?? [];
    if (!name || !from) {
      throw new UsageProblem(
        "--secret has to be NAME=@FILE or NAME=env:VARIABLE, parted by commas.",
      );
    }
    const value = kind === "@" ? readText(from).trim() : variables[from];
    if (!value) throw new Failure(`${from} holds nothing.`);
    secrets[name] = value;
  }
  return secrets;
}

export function readJson(option: string, text: string): Record<string, unknown> {
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

function readText(path: string): string {
  try {
    return readFileSync(path === "-" ? 0 : path, "utf8");
  } catch (error) {
    throw new Failure(`The secrets can't be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

/** What is wrong with what was typed, a line each. */
export function sayProblems(problems: readonly SupplierProblem[]): Failure {
  const lines = problems.map(({ path, code }) => `  ${path}: ${WORDS[code] ?? code}`);
  return new Failure(`That can't be a supplier:\n${lines.join("\n")}`);
}

/** Why an account can't be used, in words. */
export function sayTried(tried: TriedConnection): string {
  switch (tried.kind) {
    case "answered":
      return `It answered within ${tried.tookMs} ms.`;
    case "untried":
      return "It has no call that would show whether this works: nothing was tried.";
    case "refused":
      return `It refused (${tried.class}): ${tried.detail}`;
    case "unreachable":
      return `It can't be reached: ${tried.why}`;
  }
}

const WORDS: Record<string, string> = {
  required: "is missing",
  taken: "another supplier has it",
  slug: "has to be small letters, digits and -, at most 64, and neither `new` nor `inbox`",
  too_long: "is too long",
  characters: "has characters in it that can't be sent",
  url: "is no address: it begins with https:// and holds no sign-in, query or fragment",
  scheme: "has to begin with https://",
  not_public: "leads to an address that isn't public, and isn't in KEYHOLD_PRIVATE_HOSTS",
  unresolved: "leads to no address",
  public_key: "is no public key",
  not_secret: "is a public key, which is no secret: give the one that messages are signed with",
  give_again: "has to be given again, since it leads elsewhere now",
  locked: "those that are kept can't be opened: is KEYHOLD_SEALING_KEYS right?",
  from_environment: "comes from the environment: change FOXRELOAD_API_KEY",
  wrong: "isn't right",
};
