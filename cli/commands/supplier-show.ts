import type { Command } from "../command.ts";
import { supplierText, viewSupplier } from "./supplier-view.ts";

export const supplierShow: Command = {
  name: "supplier show",
  usage: "<slug> [--json]",
  summary: "Shows how an account is treated, and what is known of it.",
  positionals: ["supplier's slug"],
  options: {},
  async run({ positionals: [slug = ""] }, tools) {
    const supplier = await viewSupplier(await tools.core(), slug);
    return { json: supplier, text: supplierText(supplier), ok: true };
  },
};
