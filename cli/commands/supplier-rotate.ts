import { rotateSupplierSecret } from "#lib/suppliers/rotate-supplier-secret.ts";
import { COMMAND_LINE, type Command, Failure, UsageProblem } from "../command.ts";
import { AT_THE_MACHINE } from "./endpoint-tools.ts";
import {
  openSuppliers,
  readSecrets,
  SECRET_HELP,
  sayProblems,
  sayTried,
  supplierId,
} from "./supplier-tools.ts";

export const supplierRotate: Command = {
  name: "supplier rotate",
  usage: "<slug> <secret's name> [--secret NAME=@FILE] [--at-once]",
  summary: "Gives a supplier's account another key or secret, without stopping.",
  help: `${SECRET_HELP}
Without one Keyhold makes it, where the supplier takes what we make, and prints it this once. A key of
ours is tried before it is used. Messages signed with the secret before are taken for 24 hours more;
--at-once ends that now, for one that leaked.`,
  positionals: ["supplier's slug", "secret's name"],
  options: {
    "secrets-file": { type: "string" },
    secret: { type: "string" },
    "at-once": { type: "boolean" },
  },
  async run({ positionals: [slug = "", name = ""], texts, flags }, tools) {
    const given = readSecrets({ file: texts["secrets-file"], one: texts.secret }, process.env);
    const other = Object.keys(given).find((one) => one !== name);
    if (other) throw new UsageProblem(`One secret at a time: ${other} isn't ${name}.`);
    const ctx = await openSuppliers(tools);
    const id = await supplierId(ctx, slug);
    const wish = { id, name, value: given[name] ?? null, atOnce: flags.includes("at-once") };
    const rotated = await rotateSupplierSecret(ctx, COMMAND_LINE, wish, AT_THE_MACHINE);
    if (rotated.kind === "invalid") throw sayProblems(rotated.problems);
    if (rotated.kind === "unusable") throw new Failure(sayTried(rotated.tried));
    const json = { slug, secret: name, made: rotated.made, oldUntil: rotated.oldUntil };
    return { json, text: JSON.stringify(json), ok: true };
  },
};
