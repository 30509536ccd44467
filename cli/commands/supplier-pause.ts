import {
  pauseOrdering,
  pausePolling,
  resumeOrdering,
  resumePolling,
} from "#lib/suppliers/pause-supplier.ts";
import { COMMAND_LINE, type Command, UsageProblem } from "../command.ts";
import { AT_THE_MACHINE } from "./endpoint-tools.ts";
import { openSuppliers, supplierId } from "./supplier-tools.ts";

const MINUTE_MS = 60_000;

export const supplierPause: Command = {
  name: "supplier pause",
  usage: "<slug> --what ordering|polling --minutes N --reason TEXT",
  summary: "Buys nothing from a supplier, or asks nothing of it, for so long.",
  help: "At most 30 days. What the supplier tells by itself is taken all the same.",
  positionals: ["supplier's slug"],
  options: {
    what: { type: "string" },
    minutes: { type: "string" },
    reason: { type: "string" },
  },
  async run({ positionals: [slug = ""], texts }, tools) {
    const what = whatOf(texts.what);
    const minutes = Number(texts.minutes);
    if (!(minutes > 0)) throw new UsageProblem("--minutes has to be a number above 0.");
    const ctx = await openSuppliers(tools);
    const id = await supplierId(ctx, slug);
    const until = new Date(ctx.now().getTime() + minutes * MINUTE_MS);
    const pause = what === "ordering" ? pauseOrdering : pausePolling;
    const wish = { supplierId: id, until, reason: texts.reason ?? "" };
    await pause(ctx, COMMAND_LINE, wish, AT_THE_MACHINE);
    const json = { slug, paused: what, until: until.toISOString() };
    return { json, text: `${what} at ${slug} is paused until ${json.until}.`, ok: true };
  },
};

export const supplierResume: Command = {
  name: "supplier resume",
  usage: "<slug> --what ordering|polling",
  summary: "Ends a pause early.",
  positionals: ["supplier's slug"],
  options: { what: { type: "string" } },
  async run({ positionals: [slug = ""], texts }, tools) {
    const what = whatOf(texts.what);
    const ctx = await openSuppliers(tools);
    const id = await supplierId(ctx, slug);
    const resume = what === "ordering" ? resumeOrdering : resumePolling;
    await resume(ctx, COMMAND_LINE, { supplierId: id }, AT_THE_MACHINE);
    return { json: { slug, resumed: what }, text: `${what} at ${slug} goes on.`, ok: true };
  },
};

function whatOf(typed: string | undefined): "ordering" | "polling" {
  if (typed === "ordering" || typed === "polling") return typed;
  throw new UsageProblem("--what has to be ordering or polling.");
}
