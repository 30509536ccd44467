import { configureProduct } from "#lib/catalog/configure-product.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { stalledAfterMs as allowed } from "#lib/polling/polling-settings.ts";
import { COMMAND_LINE, type Command, Failure, UsageProblem } from "../command.ts";

export const productSet: Command = {
  name: "product set",
  usage: "<supplier's slug> <supplier's product id> --stalled-after-ms N|usual [--json]",
  summary: "Sets after how long in one state an order of a product is stalled.",
  help: `An order of several products is stalled when it has stood still for as long as the slowest of them may.

Example: npm run -s keyhold -- product set foxreload product_01 --stalled-after-ms 3600000`,
  positionals: ["supplier's slug", "supplier's product id"],
  options: { "stalled-after-ms": { type: "string" } },
  async run({ positionals: [slug = "", externalId = ""], texts }, tools) {
    const stalledAfterMs = readLength(texts["stalled-after-ms"]);
    const core = await tools.core();
    try {
      const product = await configureProduct(
        core,
        COMMAND_LINE,
        { slug, externalId },
        { stalledAfterMs },
      );
      const after = stalledAfterMs === null ? "as usual at its supplier" : `${stalledAfterMs} ms`;
      return {
        json: { supplier: slug, externalId, ...product },
        text: `${product.name}: stalled after ${after}.`,
        ok: true,
      };
    } catch (error) {
      if (!(error instanceof KeyholdError && error.code === "not_found")) throw error;
      throw new Failure(`There is no product ${externalId} of a supplier called ${slug}.`);
    }
  },
};

function readLength(text: string | undefined): number | null {
  if (text === undefined) throw new UsageProblem("--stalled-after-ms is missing.");
  if (text === "usual") return null;
  const length = allowed.safeParse(Number(text));
  if (length.success) return length.data;
  throw new UsageProblem(
    "--stalled-after-ms has to be a whole number of milliseconds from 60000 to 86400000, or the word usual.",
  );
}
