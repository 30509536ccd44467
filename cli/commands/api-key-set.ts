import { changeKey } from "#lib/api/change-key.ts";
import type { KeyChange } from "#lib/api/key-input.ts";
import { KEY_SCOPES } from "#lib/api/key-policy.ts";
import { COMMAND_LINE, type Command, UsageProblem } from "../command.ts";
import { KEY_SENTENCES, keyNamed, listed, netsOf, openKeys } from "./api-key-tools.ts";
import { AT_THE_MACHINE } from "./endpoint-tools.ts";

const DAY_MS = 86_400_000;

export const apiKeySet: Command = {
  name: "api-key set",
  usage:
    "KEY [--name N] [--scopes a,b] [--from ADDRESSES] [--rate N] [--expires-in-days N] [--json]",
  summary: "Changes a key, by its id, prefix or name; what is left out stays as it is.",
  help: `  --name             what people know it by
  --scopes           fewer than it has, of ${KEY_SCOPES.join(", ")}; for a further one make another key
  --from             addresses and nets (CIDR) that it may come from; anywhere: from anywhere
  --rate             requests a minute
  --expires-in-days  from now; never: until it is revoked

It holds from the next request on. The key itself stays the same.`,
  positionals: ["key's id, prefix or name"],
  options: {
    name: { type: "string" },
    scopes: { type: "string" },
    from: { type: "string" },
    rate: { type: "string" },
    "expires-in-days": { type: "string" },
  },
  async run({ positionals, texts }, tools) {
    const core = await openKeys(tools);
    const { id, prefix } = await keyNamed(core, positionals[0] ?? "");
    const { name, scopes, from, rate, "expires-in-days": days } = texts;
    const wish = {
      id,
      ...(name === undefined ? {} : { name }),
      ...(scopes === undefined ? {} : { scopes: listed("scopes", scopes) as KeyChange["scopes"] }),
      ...(from === undefined ? {} : { allowedFrom: netsOf(from) }),
      ...(rate === undefined ? {} : { ratePerMinute: Number(rate) }),
      ...(days === undefined ? {} : { expiresAt: endOf(days, core.now()) }),
    };
    const changed = await changeKey(core, COMMAND_LINE, wish, AT_THE_MACHINE);
    if (changed.kind === "invalid") {
      throw new UsageProblem(changed.fields.map((field) => SENTENCES[field]).join(" "));
    }
    return { json: { id, prefix }, text: `${prefix} is changed.`, ok: true };
  },
};

const SENTENCES = {
  ...{ name: KEY_SENTENCES.name, allowedFrom: KEY_SENTENCES.allowedFrom },
  ratePerMinute: KEY_SENTENCES.ratePerMinute,
  scopes: `--scopes has to be some of ${KEY_SCOPES.join(", ")}.`,
  expiresAt: "--expires-in-days has to be a whole number from 1 to 3650, or never.",
  id: "There is no such key.",
} as const;

/** What makes no number of days makes no instant either, and is refused. */
function endOf(days: string, now: Date): string | null {
  if (days === "never") return null;
  return /^\d{1,4}$/.test(days)
    ? new Date(now.getTime() + Number(days) * DAY_MS).toISOString()
    : "";
}
