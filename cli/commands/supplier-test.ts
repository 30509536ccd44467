import { testSupplier } from "#lib/suppliers/test-supplier.ts";
import { COMMAND_LINE, type Command, Failure } from "../command.ts";
import { AT_THE_MACHINE } from "./endpoint-tools.ts";
import { openSuppliers, sayProblems, sayTried, supplierId } from "./supplier-tools.ts";

export const supplierTest: Command = {
  name: "supplier test",
  usage: "<slug>",
  summary: "Calls a supplier once, harmlessly; exit code 1 where it doesn't answer.",
  positionals: ["supplier's slug"],
  options: {},
  async run({ positionals: [slug = ""] }, tools) {
    const ctx = await openSuppliers(tools);
    await supplierId(ctx, slug);
    const broken = ctx.suppliers.notConnected().find((one) => one.slug === slug);
    if (broken) throw new Failure(`${slug} isn't connected: ${broken.why}.`);
    const tested = await testSupplier(ctx, COMMAND_LINE, slug, AT_THE_MACHINE);
    if (tested.kind === "invalid") throw sayProblems(tested.problems);
    const { tried } = tested;
    const ok = tried.kind === "answered" || tried.kind === "untried";
    return { json: { slug, ...tried }, text: sayTried(tried), ok };
  },
};
