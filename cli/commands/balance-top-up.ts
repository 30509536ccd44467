import { recordTopUp } from "#lib/balance/record-top-up.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { COMMAND_LINE, type Command, Failure, UsageProblem } from "../command.ts";

export const balanceTopUp: Command = {
  name: "balance top-up",
  usage: "<slug> <amount> <currency> [--at TIME] [--note TEXT] [--json]",
  summary: "Notes money that was put into an account, or taken out of it.",
  help: `It moves no money: it explains the change of the balance that the supplier tells of.
  --at    when it was made, such as 2026-03-01T10:20:00Z; now where it is left out
  --note  such as the bank's reference

An amount less than 0 was taken out; write it behind two dashes.
Example: npm run -s keyhold -- balance top-up foxreload 500.00 USD --note "Invoice 2026-114"`,
  positionals: ["supplier's slug", "amount", "currency"],
  options: { at: { type: "string" }, note: { type: "string" } },
  async run({ positionals: [slug = "", amount = "", currency = ""], texts }, tools) {
    const core = await tools.core();
    const at = texts.at === undefined ? core.now() : new Date(texts.at);
    if (Number.isNaN(at.getTime())) throw new UsageProblem("--at isn't a time.");
    const supplier = await core.db.supplier.findUnique({ where: { slug }, select: { id: true } });
    if (!supplier) throw new Failure(`There is no account ${slug}.`);
    const input = {
      ...{ supplierId: supplier.id, currency: currency.toUpperCase(), amount },
      ...{ at: at.toISOString(), note: texts.note ?? null },
    };
    const here = { address: null, correlationId: null };
    const id = await recordTopUp(core, COMMAND_LINE, input, here).catch((error: unknown) => {
      if (!(error instanceof KeyholdError) || error.code !== "invalid") throw error;
      throw new UsageProblem(
        "The amount has to be like 500 or 250.50, the currency like USD, the time not to come, and a note have at least 3 characters.",
      );
    });
    const topUp = { id, slug, amount, currency: input.currency, at: input.at, note: input.note };
    return { json: topUp, text: `Noted: ${amount} ${input.currency} at ${input.at}.`, ok: true };
  },
};
