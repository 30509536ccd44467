import { readFileSync } from "node:fs";
import { z } from "zod";
import { parseSealingKeys, type SealingKey } from "./sealing-keys.ts";

/** At least so many characters, a quarter of them different: what typing leaves, chance doesn't. */
const secret = (shortest: number) =>
  z
    .string({ error: `is missing: at least ${shortest} random characters, ${HOW_TO_MAKE_ONE}` })
    .refine((text) => text.length >= shortest && new Set(text).size >= shortest / 4, {
      error: `is too weak: use at least ${shortest} random characters, ${HOW_TO_MAKE_ONE}`,
    });
const HOW_TO_MAKE_ONE = "e.g. from `openssl rand -base64 32`";

const webAddress = (example: string, missing?: string) =>
  z.url({
    protocol: /^https?$/,
    error: ({ input }) =>
      input === undefined && missing ? missing : `has to be an address like ${example}`,
  });

const schema = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  KEYHOLD_ENVIRONMENT: z.enum(["demo", "development", "production"]).default("production"),
  DATABASE_URL: z
    .string({ error: "is missing: the address of a PostgreSQL 15 or newer" })
    .refine(isDatabaseAddress, "has to be an address like postgresql://user:password@host/name"),
  NEXTAUTH_URL: webAddress("https://ops.example.com", "is missing: the console's own address"),
  NEXTAUTH_SECRET: secret(32),
  CRON_SECRET: secret(16),
  KEYHOLD_SEALING_KEYS: z
    .string({
      error:
        "is missing: `id:base64key`, the key 32 random bytes. It guards what seals the codes; keep it safe",
    })
    .transform((text, context): SealingKey[] => {
      const keys = parseSealingKeys(text);
      if (typeof keys !== "string") return keys;
      context.addIssue({ code: "custom", message: keys });
      return z.NEVER;
    }),
  /** Where the keys were read from, if not from the variable. */
  KEYHOLD_SEALING_KEYS_FILE: z.string().trim().optional(),
  FOXRELOAD_BASE_URL: webAddress("https://public-api.foxreload.com").default(
    "https://public-api.foxreload.com",
  ),
  FOXRELOAD_API_KEY: z.string().trim().optional(),
  FOXRELOAD_CURRENCY: z.enum(["USD", "RUB"]).default("USD"),
  /** Lets what is sent out reach private and loopback addresses: tests and demo only. */
  KEYHOLD_ALLOW_PRIVATE_ENDPOINTS: z
    .enum(["0", "1"])
    .default("0")
    .transform((text) => text === "1"),
  /** Hosts of the operator's own, such as a Redis or mail server in a private network; never for webhooks. */
  KEYHOLD_PRIVATE_HOSTS: z
    .string()
    .default("")
    .transform((text) =>
      text
        .split(",")
        .map((host) => host.trim().toLowerCase())
        .filter(Boolean),
    ),
  /** Whom to tell of a hole in this installation: what its security.txt says. */
  KEYHOLD_SECURITY_CONTACT: z
    .string()
    .trim()
    .regex(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, {
      error: "has to be an address like mailto:security@example.com or https://example.com/report",
    })
    .optional(),
  /** How many proxies of ours a request comes through; unless set one where we are `https`, else none. */
  KEYHOLD_PROXIES: z.enum(["0", "1", "2", "3"]).transform(Number).optional(),
  /** Of everybody who sees codes or spends; see `secondFactorPolicy` for where nothing is said. */
  KEYHOLD_SECOND_FACTOR: z.enum(["required", "offered"]).optional(),
  /** Single sign-on: all three of issuer, id and secret, or none. */
  OIDC_ISSUER: webAddress("https://login.example.com").optional(),
  OIDC_CLIENT_ID: z.string().trim().optional(),
  OIDC_CLIENT_SECRET: z.string().trim().optional(),
  OIDC_SCOPE: z.string().trim().default("openid email profile"),
  /** On the button: "Sign in with …". */
  OIDC_NAME: z.string().trim().max(40).default("single sign-on"),
  /** The claim that says what somebody is, and what its words mean here: `ops=operator,boss=admin`. */
  OIDC_ROLE_CLAIM: z.string().trim().optional(),
  OIDC_ROLES: z.string().trim().optional(),
  /** Whether the provider asks for a second factor: `claim` believes what `amr` says, `trusted` doesn't ask. */
  OIDC_SECOND_FACTOR: z.enum(["claim", "trusted"]).default("claim"),
  ADMIN_EMAIL: z.string().trim().optional(),
  ADMIN_PASSWORD: z.string().optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error"]).default("info"),
});

export type Env = z.infer<typeof schema>;

/**
 * Reads the configuration once; an empty variable counts as unset. Throws one error that names every
 * variable at fault and says what to do; the values themselves are never part of the message.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const file = readKeysFile(set);
  const result = schema.safeParse({ ...set, ...file.keys });
  if (result.success && file.problem === null) return result.data;
  const problems = (result.error?.issues ?? []).map(({ path, message }) => {
    const name = path.join(".");
    return { name: file.keys && name === KEYS ? KEYS_FILE : name, message };
  });
  const lines = (file.problem === null ? problems : withFileProblem(problems, file.problem)).map(
    ({ name, message }) => `  ${name} ${sentence(message)}.`,
  );
  throw new Error(`Keyhold cannot start with this configuration:\n${lines.join("\n")}`);
}

const KEYS = "KEYHOLD_SEALING_KEYS";
const KEYS_FILE = "KEYHOLD_SEALING_KEYS_FILE";

type KeysFile = { keys?: { [KEYS]: string }; problem: string | null };
type Problem = { name: string; message: string };

/** The sealing keys where a file holds them. */
function readKeysFile({
  [KEYS]: keys,
  [KEYS_FILE]: path,
}: Record<string, string | undefined>): KeysFile {
  if (path === undefined) return { problem: null };
  if (keys !== undefined) return { problem: `stands beside ${KEYS}: set one of the two` };
  try {
    return { keys: { [KEYS]: readFileSync(path.trim(), "utf8") }, problem: null };
  } catch (error) {
    return { problem: `can't be read (${(error as NodeJS.ErrnoException).code})` };
  }
}

/** In place of that the keys are missing: so they are, because of it. */
const withFileProblem = (problems: Problem[], message: string): Problem[] => [
  ...problems.filter(({ name }) => name !== KEYS),
  { name: KEYS_FILE, message },
];

/** Zod's own words on a closed list of values name the list, not what was given. */
function sentence(message: string): string {
  return message.replace("Invalid option: expected one of", "has to be one of");
}

/** With a password that can be read out, since the log has to know it to hide it. */
function isDatabaseAddress(text: string): boolean {
  if (!/^postgres(ql)?:\/\//.test(text)) return false;
  try {
    decodeURIComponent(new URL(text).password);
    return true;
  } catch {
    return false;
  }
}

let parsed: Env | undefined;

/** The process's configuration; parsed at the first call. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/** As `env`, for the start of a process: an unfit configuration ends it with the sentence alone. */
export function envOrExit(): Env {
  try {
    return env();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}

/** The values that must never stand in a log, whatever they are part of. */
export function secretsOf(env: Env): string[] {
  return [
    env.NEXTAUTH_SECRET,
    env.CRON_SECRET,
    env.FOXRELOAD_API_KEY,
    env.ADMIN_PASSWORD,
    env.OIDC_CLIENT_SECRET,
    env.DATABASE_URL,
    decodeURIComponent(new URL(env.DATABASE_URL).password),
    ...env.KEYHOLD_SEALING_KEYS.map(({ key }) => key.toString("base64")),
  ].filter((secret) => secret !== undefined);
}
