import { parseArgs } from "node:util";
import { z } from "zod";
import type { PushingOptions } from "./server.ts";
import { schemes } from "./sign.ts";

const flags = {
  port: { type: "string" },
  "control-port": { type: "string" },
  seed: { type: "string" },
  "api-key": { type: "string" },
  "complete-ms": { type: "string" },
  "webhook-url": { type: "string" },
  "webhook-secret": { type: "string" },
  "webhook-scheme": { type: "string" },
} as const;

const port = z.coerce.number().int().min(0).max(65_535);

const schema = z
  .object({
    port: port.default(4020),
    "control-port": port.default(4021),
    seed: z.coerce.number().int().default(1),
    "api-key": z.string().min(1).optional(),
    "complete-ms": z.coerce.number().int().min(0).optional(),
    "webhook-url": z.url().optional(),
    "webhook-secret": z.string().min(1).optional(),
    "webhook-scheme": z.enum(schemes).default("hmac"),
  })
  .refine(
    (given) => (given["webhook-url"] === undefined) === (given["webhook-secret"] === undefined),
    "--webhook-url and --webhook-secret go together",
  );

/** As the main simulator reads its own: the command line first, then `SIMULATOR_PUSHING_…`. */
export function readOptions(
  args: readonly string[],
  environment: Record<string, string | undefined>,
): PushingOptions {
  const { values } = parseArgs({ args: [...args], options: flags, strict: true });
  const given = Object.keys(flags).map((name) => {
    const variable = `SIMULATOR_PUSHING_${name.toUpperCase().replaceAll("-", "_")}`;
    return [name, values[name as keyof typeof flags] ?? (environment[variable] || undefined)];
  });
  const result = schema.safeParse(Object.fromEntries(given));
  if (!result.success) throw new Error(z.prettifyError(result.error));
  const read = result.data;
  const { "webhook-url": url, "webhook-secret": secret, "webhook-scheme": scheme } = read;
  return {
    port: read.port,
    controlPort: read["control-port"],
    seed: read.seed,
    ...(read["api-key"] && { apiKey: read["api-key"] }),
    ...(read["complete-ms"] !== undefined && { completeAfterMs: read["complete-ms"] }),
    hook: url && secret ? { url, secret, scheme } : null,
  };
}
