import { randomBytes } from "node:crypto";
import type { z } from "zod";
import type { Json } from "#lib/platform/json.ts";
import type { SuppliersContext } from "./context.ts";
import type { OpenSecrets } from "./open-account.ts";
import type { SupplierInput, SupplierProblem } from "./room-types.ts";
import type { SupplierKind } from "./supplier-kind.ts";
import { vetAddresses } from "./vet-addresses.ts";

const LONGEST_NAME = 60;
const LONGEST_SECRET = 8_192;
/** Of what messages are proved by: less can be guessed, and then anybody sends us orders with codes of his own. */
const SHORTEST_PROOF_BYTES = 16;
/** For a mapping with its products this is plenty. */
const LONGEST_CONFIG = 100_000;

/** An account that could be saved, or tried. */
export type JudgedSupplier = {
  name: string;
  /** As its kind takes it. */
  config: unknown;
  /** As it was given: what is kept, so that a default stays one. */
  given: Json;
  /** Those given and those made. */
  secrets: Record<string, string>;
  /** Of these, what Keyhold made. */
  made: Record<string, string>;
};

/** What an account has already. */
export type KeptAccount = { config: unknown; secrets: OpenSecrets };

/** Holds what somebody wishes against what an account of this kind can be, its addresses too. */
export async function judgeSupplier(
  ctx: Pick<SuppliersContext, "guard">,
  kind: SupplierKind,
  { name: typed, config, secrets = {} }: SupplierInput & { secrets?: Record<string, string> },
  kept: KeptAccount | null,
): Promise<JudgedSupplier | { problems: SupplierProblem[] }> {
  const name = typed.replace(/[\p{Cc}\p{Cs}]+/gu, " ").trim();
  const problems: SupplierProblem[] = [];
  if (name === "") problems.push({ path: "name", code: "required" });
  if (name.length > LONGEST_NAME) problems.push({ path: "name", code: "too_long" });
  const text = JSON.stringify(config);
  if (text.length > LONGEST_CONFIG) problems.push({ path: "config", code: "too_long" });
  const parsed = kind.config.safeParse(config);
  if (!parsed.success) return { problems: [...problems, ...problemsOf(parsed.error)] };
  problems.push(...(await vetAddresses(ctx, kind, parsed.data)));
  const moved = kept !== null && leadsElsewhere(kind, kept.config, parsed.data);
  const judged = judgeSecrets(kind, parsed.data, secrets, kept, moved);
  problems.push(...judged.problems);
  if (problems.length > 0) return { problems };
  const { given, made } = judged;
  return {
    name,
    config: parsed.data,
    given: JSON.parse(text),
    secrets: { ...given, ...made },
    made,
  };
}

/** What is wrong with one secret that somebody gave, or with none. */
export function secretProblem(
  kind: SupplierKind,
  config: unknown,
  name: string,
  value: string | null,
): string | null {
  if (value !== null && value.length > LONGEST_SECRET) return "too_long";
  // They stand in headers, or are typed in elsewhere; a key of several lines is one that they come with.
  if (value !== null && /[^\P{C}\n\r\t]/u.test(value)) return "characters";
  const provesThem = kind.secrets.some((one) => one.name === name && one.proves === "them");
  if (value !== null && provesThem && bytesOf(value) < SHORTEST_PROOF_BYTES) return "too_short";
  return kind.secretProblem?.(config, name, value) ?? null;
}

/** As Standard Webhooks 1.0 writes secrets, they are base64 after their prefix. */
function bytesOf(secret: string): number {
  const base64 = /^whsec_(.*)$/.exec(secret)?.[1];
  return base64 === undefined ? Buffer.byteLength(secret) : Buffer.from(base64, "base64").length;
}

export const newSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;

/**
 * An account that is called elsewhere from now on has to be given its keys again: or whoever may change an
 * address, but not see a key, could have it sent to himself.
 */
function judgeSecrets(
  kind: SupplierKind,
  config: unknown,
  secrets: Record<string, string>,
  kept: KeptAccount | null,
  moved: boolean,
): { given: Record<string, string>; made: Record<string, string>; problems: SupplierProblem[] } {
  const given: Record<string, string> = {};
  const made: Record<string, string> = {};
  const problems: SupplierProblem[] = [];
  for (const { name, isRequired, isGenerated, proves } of kind.secrets) {
    const value = secrets[name]?.trim() || null;
    const before = kept?.secrets[name]?.[0] ?? null;
    const has = before !== null;
    const path = `secrets.${name}`;
    const wrong =
      value === null && has
        ? // It was kept for what was configured until now.
          (kind.secretProblem?.(config, name, before) ?? null)
        : secretProblem(kind, config, name, value);
    if (wrong !== null) problems.push({ path, code: wrong });
    else if (value !== null) given[name] = value;
    else if (has && moved && proves === "us") problems.push({ path, code: "give_again" });
    else if (!has && isRequired && !isGenerated) problems.push({ path, code: "required" });
    else if (!has && isGenerated && kept === null) made[name] = newSecret();
  }
  const known = new Set(kind.secrets.map(({ name }) => name));
  for (const name of Object.keys(secrets)) {
    if (!known.has(name)) problems.push({ path: `secrets.${name}`, code: "wrong" });
  }
  return { given, made, problems };
}

/** Another host, port or way of getting there; another path of the same host is none. */
function leadsElsewhere(kind: SupplierKind, before: unknown, after: unknown): boolean {
  const parsed = kind.config.safeParse(before);
  if (!parsed.success) return true;
  const known = new Set(kind.addresses(parsed.data).map(originOf));
  return kind.addresses(after).some((address) => !known.has(originOf(address)));
}

function originOf(address: string): string {
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}

/** Our schemas' messages are words; what Zod says itself is not for people, but for one thing. */
function problemsOf(error: z.ZodError): SupplierProblem[] {
  return error.issues.map(({ path, message, code }) => {
    const isMissing = code === "invalid_type" && message.endsWith("received undefined");
    const word = /^[a-z_]{2,40}$/.test(message) ? message : isMissing ? "required" : "wrong";
    return { path: ["config", ...path].join("."), code: word };
  });
}
