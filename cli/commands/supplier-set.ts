import { configureSupplier } from "#lib/placement/configure-supplier.ts";
import { parseSupplierConfig, type SupplierConfig } from "#lib/placement/supplier-config.ts";
import { COMMAND_LINE, type Command, UsageProblem } from "../command.ts";
import { supplierText, viewSupplier } from "./supplier-view.ts";

/** Less is not for real money: a lost order may land later than that. */
const CAREFUL_SETTLING_MS = 600_000;

export const supplierSet: Command = {
  name: "supplier set",
  usage: "<slug> --config JSON [--json]",
  summary: "Sets how an account is treated; what is left out stays as it is.",
  help: `Keys of the configuration:
  settlingMs         milliseconds after an unclear send in which its order may still appear
  isExclusive        nobody but this Keyhold places orders with the account
  secondPersonAbove  an amount as text; above it two people have to say that nothing was placed; or null
  balance            {"USD": {"lowAt": "50", "okAt": "60", "criticalAt": "20"}}, by currency: below the first
                     what the account holds of it is low, with the second it has recovered, below the third it
                     is critical (amounts as text; the second and third may be left out). A currency that isn't
                     named stays as it is; null forgets one, or all of them
  supportEmail       the address of the supplier's support desk, for dossiers of orders; or null
  stalledAfterMs     milliseconds in one open state that are a stall; null: the usual
  rules              {"slowFactor": 1, "paymentExpiringMs": 300000, "balanceStaleMs": 600000,
                     "catalogOutdatedMs": 7200000, "slowAnswerMs": 5000}: from when on something is told of
                     as slow, due, out of date; null is the usual again
  capabilities       what the account's API does, by name; null makes one unknown again

Example: npm run -s keyhold -- supplier set foxreload --config '{"isExclusive": true}'`,
  positionals: ["supplier's slug"],
  options: { config: { type: "string" } },
  async run({ positionals: [slug = ""], texts }, tools) {
    const config = readConfig(texts.config);
    const core = await tools.core();
    await viewSupplier(core, slug);
    await configureSupplier(core, COMMAND_LINE, slug, config);
    for (const caution of cautions(config)) tools.tell(caution);
    const supplier = await viewSupplier(core, slug);
    return { json: supplier, text: supplierText(supplier), ok: true };
  },
};

function readConfig(text: string | undefined): SupplierConfig {
  if (text === undefined) throw new UsageProblem("--config is missing: the settings as JSON.");
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageProblem(
      "--config isn't JSON. Put it in single quotes, so that the shell leaves it alone.",
    );
  }
  const config = parseSupplierConfig(json);
  if (Array.isArray(config)) throw new UsageProblem(config.join("\n"));
  return config;
}

function cautions({ settlingMs, capabilities }: SupplierConfig): string[] {
  return [
    ...(settlingMs !== undefined && settlingMs < CAREFUL_SETTLING_MS
      ? ["Take care: under ten minutes of settling, an order that lands late may be bought twice."]
      : []),
    ...(capabilities?.create_is_free === true
      ? ["Take care: if creating an order does cost something, lost creates are now bought twice."]
      : []),
  ];
}
