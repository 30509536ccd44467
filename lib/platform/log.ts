import { type Logger, pino } from "pino";
import { createRedactor } from "./redact-line.ts";

export type Log = Logger;

/**
 * One structured line an event. Secrets are removed twice: by the name of their field, and by value
 * for those that the process knows (`secrets`), in case one slips into a message or a stack.
 */
export function createLog(
  level: string,
  secrets: string[],
  write: (line: string) => void = (line) => process.stdout.write(line),
): Log {
  const redact = createRedactor(secrets);
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    // The finished line is checked, since bindings, serialized errors and messages meet only there.
    { write: (line: string) => write(redact(line)) },
  );
}
