import { z } from "zod";
import { parseSealingKeys, type SealingKey } from "./sealing-keys.ts";

const WEAK_SECRET =
  "is too short: use at least 32 random characters, e.g. from `openssl rand -base64 32`";

const secret = z.string().min(32, WEAK_SECRET);
const optionalText = z
  .string()
  .trim()
  .transform((text) => (text === "" ? undefined : text))
  .optional();

const schema = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  KEYHOLD_ENVIRONMENT: z.enum(["demo", "development", "production"]).default("production"),
  DATABASE_URL: z
    .string({ error: "is missing: the address of a PostgreSQL 15 or newer" })
    .regex(/^postgres(ql)?:\/\//, "has to begin with postgresql://"),
  NEXTAUTH_URL: z.url("has to be the console's own address, e.g. https://ops.example.com"),
  NEXTAUTH_SECRET: secret,
  CRON_SECRET: z.string().min(16, "is too short: use at least 16 random characters"),
  KEYHOLD_SEALING_KEYS: z
    .string({
      error:
        "is missing: `id:base64key`, the key 32 random bytes. Codes are sealed with it; keep it safe",
    })
    .transform((text, context): SealingKey[] => {
      const keys = parseSealingKeys(text);
      if (typeof keys !== "string") return keys;
      context.addIssue({ code: "custom", message: keys });
      return z.NEVER;
    }),
  FOXRELOAD_BASE_URL: z.url().default("https://public-api.foxreload.com"),
  FOXRELOAD_API_KEY: optionalText,
  FOXRELOAD_CURRENCY: z.enum(["USD", "RUB"]).default("USD"),
  ADMIN_EMAIL: optionalText,
  ADMIN_PASSWORD: optionalText,
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error"]).default("info"),
});

export type Env = z.infer<typeof schema>;

/**
 * Reads the configuration once. Throws one error that names every variable at fault and says what
 * to do; the values themselves are never part of the message.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const result = schema.safeParse(source);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const missing = source[String(issue.path[0])] === undefined && issue.code === "invalid_type";
    return `  ${issue.path.join(".")} ${missing && issue.message.startsWith("Invalid") ? "is missing" : issue.message}.`;
  });
  throw new Error(`Keyhold cannot start with this configuration:\n${lines.join("\n")}`);
}

let parsed: Env | undefined;

/** The process's configuration; parsed at the first call. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}
