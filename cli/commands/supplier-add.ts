import { addSupplier } from "#lib/suppliers/add-supplier.ts";
import { SUPPLIER_KINDS } from "#lib/suppliers/kinds.ts";
import { COMMAND_LINE, type Command, Failure, UsageProblem } from "../command.ts";
import { AT_THE_MACHINE } from "./endpoint-tools.ts";
import {
  openSuppliers,
  readJson,
  readSecrets,
  SECRET_HELP,
  sayProblems,
  sayTried,
} from "./supplier-tools.ts";

export const supplierAdd: Command = {
  name: "supplier add",
  usage: "--kind KIND --slug SLUG [--name NAME] [--config JSON] [--secrets-file FILE] […]",
  summary: "Connects another supplier's account, once it has answered; prints its id as JSON.",
  help: `  --kind          ${SUPPLIER_KINDS.map(({ kind }) => kind).join(", ")}
  --slug          a short name that stands in the address of its messages: /api/webhooks/SLUG
  --name          what it is called; its slug where none is given
  --config        what its kind is configured by, as JSON
${SECRET_HELP}

A secret that Keyhold makes for the supplier to sign with is printed this once.

Example: npm run -s keyhold -- supplier add --kind foxreload --slug second \\
           --config '{"currency":"USD"}' --secret apiKey=@key.txt`,
  positionals: [],
  options: {
    kind: { type: "string" },
    slug: { type: "string" },
    name: { type: "string" },
    config: { type: "string" },
    "secrets-file": { type: "string" },
    secret: { type: "string" },
  },
  async run({ texts }, tools) {
    const { kind, slug, name, config } = texts;
    if (!kind || !SUPPLIER_KINDS.some((one) => one.kind === kind)) {
      const kinds = SUPPLIER_KINDS.map((one) => one.kind).join(", ");
      throw new UsageProblem(`--kind has to be one of ${kinds}.`);
    }
    if (!slug) throw new UsageProblem("--slug is missing.");
    const typed = { file: texts["secrets-file"], one: texts.secret };
    const wish = {
      kind,
      slug,
      name: name ?? slug,
      config: config === undefined ? {} : readJson("config", config),
      secrets: readSecrets(typed, process.env),
    };
    const ctx = await openSuppliers(tools);
    const added = await addSupplier(ctx, COMMAND_LINE, wish, AT_THE_MACHINE);
    if (added.kind === "invalid") throw sayProblems(added.problems);
    if (added.kind === "unusable") throw new Failure(sayTried(added.tried));
    const { id, made, tried } = added;
    const webhook = new URL(`/api/webhooks/${slug}`, tools.env().NEXTAUTH_URL).href;
    const json = { id, slug, webhook, made, tried: tried.kind };
    return { json, text: JSON.stringify(json), ok: true };
  },
};
