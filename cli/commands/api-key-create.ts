import { createKey } from "#lib/api/create-key.ts";
import { KEY_SCOPES } from "#lib/api/key-policy.ts";
import { COMMAND_LINE, type Command, UsageProblem } from "../command.ts";
import { KEY_SENTENCES, listed, netsOf, openKeys } from "./api-key-tools.ts";
import { AT_THE_MACHINE } from "./endpoint-tools.ts";

export const apiKeyCreate: Command = {
  name: "api-key create",
  usage:
    "--name N --scopes a,b [--from ADDRESSES] [--rate N] [--expires-in-days N] [--own-orders] [--spend USD=100,…]",
  summary: "Makes a key for a storefront or a bot, and prints it alone on standard output.",
  help: `  --name             what people know it by
  --scopes           ${KEY_SCOPES.join(", ")}
  --from             addresses and nets (CIDR) that it may come from; anywhere where left out
  --rate             requests a minute; 600 where left out
  --expires-in-days  until it is revoked where left out
  --own-orders       of orders it sees those alone that it placed itself
  --spend            what may be ordered with it in a day (UTC), by currency

The key is shown this once: only its hash is kept.

Example: npm run -s keyhold -- api-key create --name shop --scopes orders:write,codes:read`,
  positionals: [],
  options: {
    name: { type: "string" },
    scopes: { type: "string" },
    from: { type: "string" },
    rate: { type: "string" },
    "expires-in-days": { type: "string" },
    spend: { type: "string" },
    "own-orders": { type: "boolean" },
  },
  async run({ texts, flags }, tools) {
    const { name, scopes, from, rate, spend, "expires-in-days": days } = texts;
    if (!name) throw new UsageProblem("--name is missing.");
    if (!scopes) throw new UsageProblem("--scopes is missing.");
    const input = {
      name,
      scopes: listed("scopes", scopes),
      ...(from === undefined ? {} : { allowedFrom: netsOf(from) }),
      ...(rate === undefined ? {} : { ratePerMinute: Number(rate) }),
      ...(days === undefined ? {} : { expiresInDays: Number(days) }),
      ownOrdersOnly: flags.includes("own-orders"),
      ...(spend === undefined ? {} : { spendPerDay: amounts(spend) }),
    };
    const made = await createKey(await openKeys(tools), COMMAND_LINE, input, AT_THE_MACHINE);
    if (made.kind === "invalid") {
      throw new UsageProblem(made.fields.map((field) => SENTENCES[field]).join(" "));
    }
    const { kind: _, ...json } = made;
    return { json, text: made.key, ok: true };
  },
};

const SENTENCES = {
  ...KEY_SENTENCES,
  scopes: `--scopes has to be some of ${KEY_SCOPES.join(", ")}; with --own-orders not events:read.`,
  expiresInDays: "--expires-in-days has to be a whole number from 1 to 3650.",
  ownOrdersOnly: "--own-orders takes no value.",
  spendPerDay: "--spend has to be like USD=100,EUR=50.50.",
} as const;

const amounts = (text: string): Record<string, string> =>
  Object.fromEntries(
    listed("spend", text).map((part) => {
      const [currency = "", amount = ""] = part.split("=");
      return [currency.trim(), amount.trim()];
    }),
  );
