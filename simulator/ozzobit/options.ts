import { parseArgs } from "node:util";
import { z } from "zod";
import type { OzzobitOptions } from "./server.ts";

const flags = {
  port: { type: "string" },
  "control-port": { type: "string" },
  "api-key": { type: "string" },
  "api-secret": { type: "string" },
  "token-seconds": { type: "string" },
  "heartbeat-ms": { type: "string" },
  "step-ms": { type: "string" },
  "webhook-url": { type: "string" },
  "webhook-secret": { type: "string" },
} as const;

const port = z.coerce.number().int().min(0).max(65_535);
const count = z.coerce.number().int().min(1);

const schema = z
  .object({
    port: port.default(4020),
    "control-port": port.default(4021),
    "api-key": z.string().min(1).optional(),
    "api-secret": z.string().min(1).optional(),
    "token-seconds": count.optional(),
    "heartbeat-ms": count.optional(),
    "step-ms": count.optional(),
    "webhook-url": z.url().optional(),
    "webhook-secret": z.string().min(1).optional(),
  })
  .refine((all) => (all["webhook-url"] === undefined) === (all["webhook-secret"] === undefined), {
    message: "--webhook-url and --webhook-secret go together",
  });

/** Reads the command line and, for what it leaves out, the environment: `--step-ms` is `SIMULATOR_STEP_MS`, and so on. */
export function readOptions(
  args: readonly string[],
  environment: Record<string, string | undefined>,
): OzzobitOptions {
  const { values } = parseArgs({ args: [...args], options: flags, strict: true });
  const given = Object.keys(flags).map((name) => {
    const variable = `SIMULATOR_${name.toUpperCase().replaceAll("-", "_")}`;
    return [name, values[name as keyof typeof flags] ?? (environment[variable] || undefined)];
  });
  const result = schema.safeParse(Object.fromEntries(given));
  if (!result.success) throw new Error(z.prettifyError(result.error));
  const read = result.data;
  const url = read["webhook-url"];
  const secret = read["webhook-secret"];
  return {
    port: read.port,
    controlPort: read["control-port"],
    ...(read["api-key"] && { apiKey: read["api-key"] }),
    ...(read["api-secret"] && { apiSecret: read["api-secret"] }),
    ...(read["token-seconds"] && { tokenSeconds: read["token-seconds"] }),
    ...(read["heartbeat-ms"] && { heartbeatMs: read["heartbeat-ms"] }),
    ...(read["step-ms"] && { stepMs: read["step-ms"] }),
    webhook: url && secret ? { url, secret } : null,
  };
}
