import { type Logger, pino } from "pino";

export type Log = Logger;

/** Fields that never reach a log, wherever they stand. */
const SECRET_NAMES = [
  "password",
  "passwordHash",
  "apiKey",
  "authorization",
  "cookie",
  "secret",
  "token",
  "value",
  "raw",
  "sealed",
  "codes",
  "externalData",
];
const MASK = "[redacted]";
const SHORTEST_SECRET = 8;

/**
 * One structured line an event. Secrets are removed twice: by the name of their field, and by value
 * for those that the process knows (`secrets`), in case one slips into a message or a stack.
 */
export function createLog(
  level: string,
  secrets: string[],
  write: (line: string) => void = (line) => process.stdout.write(line),
): Log {
  const known = secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
  // A secret inside JSON text stands there escaped.
  const written = known.map((secret) => JSON.stringify(secret).slice(1, -1));
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: MASK,
      },
    },
    {
      write: (line: string) =>
        write(written.reduce((text, secret) => text.replaceAll(secret, MASK), line)),
    },
  );
}
