import { parseArgs } from "node:util";
import { z } from "zod";
import { clockOffsetSchema } from "./behaviours.ts";
import { balanceCurrencies } from "./money.ts";
import type { SimulatorOptions } from "./server.ts";

const flags = {
  port: { type: "string" },
  "control-port": { type: "string" },
  data: { type: "string" },
  seed: { type: "string" },
  "api-key": { type: "string" },
  "paid-ms": { type: "string" },
  "complete-ms": { type: "string" },
  "payment-window-ms": { type: "string" },
  "create-charges": { type: "boolean" },
  "charged-active-ms": { type: "string" },
  "clock-offset-ms": { type: "string" },
  balance: { type: "string" },
} as const;

const port = z.coerce.number().int().min(0).max(65_535);
const milliseconds = z.coerce.number().int().min(1);

const range = z
  .string()
  .regex(/^\d+-\d+$/, "write two numbers of milliseconds, such as 3000-12000")
  .transform((text) => {
    const [minMs = 0, maxMs = 0] = text.split("-").map(Number);
    return { minMs, maxMs };
  })
  .refine(({ minMs, maxMs }) => minMs <= maxMs, "the first number must not be the larger");

const balances = z
  .string()
  .regex(/^[a-zA-Z]+=\d+(\.\d+)?(,[a-zA-Z]+=\d+(\.\d+)?)*$/, "write it as usd=2500,rub=150000")
  .transform((text) => Object.fromEntries(text.split(",").map((part) => part.split("="))))
  .pipe(z.partialRecord(z.enum(balanceCurrencies), z.string()));

const schema = z.object({
  port: port.default(4010),
  "control-port": port.default(4011),
  data: z.string().min(1).default(".data/simulator.json"),
  seed: z.coerce.number().int().default(1),
  "api-key": z.string().min(1).optional(),
  "paid-ms": range.optional(),
  "complete-ms": range.optional(),
  "payment-window-ms": milliseconds.optional(),
  "create-charges": z.enum(["true", "1", "false", "0"]).default("false"),
  "charged-active-ms": z.coerce.number().int().min(0).optional(),
  "clock-offset-ms": z.coerce.number().pipe(clockOffsetSchema).optional(),
  balance: balances.optional(),
});

/**
 * Reads the command line and, for what it leaves out, the environment: `--control-port` is
 * `SIMULATOR_CONTROL_PORT`, and so on. Throws a sentence for a name or value it doesn't know.
 */
export function readOptions(
  args: readonly string[],
  environment: Record<string, string | undefined>,
): SimulatorOptions {
  const { values } = parseArgs({ args: [...args], options: flags, strict: true });
  const given = Object.keys(flags).map((name) => {
    const value = values[name as keyof typeof flags];
    const variable = `SIMULATOR_${name.toUpperCase().replaceAll("-", "_")}`;
    return [name, value === undefined ? environment[variable] || undefined : String(value)];
  });
  const result = schema.safeParse(Object.fromEntries(given));
  if (!result.success) throw new Error(z.prettifyError(result.error));
  const read = result.data;
  return {
    port: read.port,
    controlPort: read["control-port"],
    dataFile: read.data === "none" ? null : read.data,
    seed: read.seed,
    createCharges: ["true", "1"].includes(read["create-charges"]),
    ...(read["charged-active-ms"] !== undefined && { chargedActiveMs: read["charged-active-ms"] }),
    ...(read["clock-offset-ms"] !== undefined && { clockOffsetMs: read["clock-offset-ms"] }),
    timing: {
      ...(read["paid-ms"] && { paidMs: read["paid-ms"] }),
      ...(read["complete-ms"] && { completeMs: read["complete-ms"] }),
      ...(read["payment-window-ms"] && { paymentWindowMs: read["payment-window-ms"] }),
    },
    ...(read["api-key"] && { apiKey: read["api-key"] }),
    ...(read.balance && { startBalances: read.balance }),
  };
}
