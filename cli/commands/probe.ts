import { type NotKept, probeSupplier } from "#lib/placement/probe-supplier.ts";
import { connectSuppliers } from "#lib/suppliers/connect-suppliers.ts";
import { connectProbe } from "#lib/suppliers/probe-connection.ts";
import type { ProbeReport } from "#lib/suppliers/probe-types.ts";
import { COMMAND_LINE, type Command, Failure } from "../command.ts";
import { table } from "../table.ts";
import { openingContext } from "./supplier-tools.ts";
import { MODES, viewSupplier } from "./supplier-view.ts";

const CAVEAT =
  "Mock orders may run by other rules than real ones. Should a real order show that creating costs, " +
  "the account is treated so from then on, and an alert says it.";

export const probe: Command = {
  name: "probe",
  usage: "[--supplier SLUG] [--product ID] [--json]",
  summary: "Finds out by a few mock orders what a supplier's API does, and keeps it.",
  help:
    "Sends mock orders only, eight at the most, and stops at once if one turns out to be real or the supplier\n" +
    "asks for silence. Takes about a quarter of a minute. Exit code 1 when it had to stop early.",
  positionals: [],
  options: { supplier: { type: "string" }, product: { type: "string" } },
  async run({ texts }, tools) {
    const core = await tools.core();
    const ctx = await openingContext(tools);
    const accounts = await connectSuppliers(ctx);
    tools.onClose(() => accounts.close());
    const slug = texts.supplier ?? accounts.all()[0]?.slug;
    const account = accounts.all().find((one) => one.slug === slug);
    if (!account) throw new Failure(notConnected(texts.supplier));
    const connection = await connectProbe(ctx, account);
    tools.onClose(() => connection.accounts.close());
    tools.tell(`Probing ${account.name} with mock orders …`);
    const report = await probeSupplier(core, COMMAND_LINE, connection, tools.wait, {
      product: texts.product,
    });
    const { mode } = await viewSupplier(core, account.slug);
    return {
      json: { supplier: account.slug, mode, ...report, caveat: CAVEAT },
      text: `${reportText(report)}\n\n${MODES[mode]}`,
      ok: report.stopped === null,
    };
  },
};

function notConnected(slug: string | undefined): string {
  const why =
    slug === undefined ? "No supplier is connected" : `No supplier called ${slug} is connected`;
  return `${why}: set FOXRELOAD_API_KEY for foxreload, or add one by \`keyhold supplier add\`.`;
}

function reportText({
  product,
  made,
  findings,
  open,
  stopped,
  notKept,
}: ProbeReport & { notKept: NotKept[] }): string {
  // What decides how the account is used stands first.
  const inOrder = findings.toSorted(
    (left, right) =>
      Number(right.name === "create_is_free") - Number(left.name === "create_is_free"),
  );
  const rows = [
    ...inOrder.map(({ name, value, because }) => [name, JSON.stringify(value), because]),
    ...open.map(({ name, why }) => [name, "not known", why]),
  ];
  return [
    ...(product
      ? [`Tried with ${product.name} (${product.id}, ${product.price} ${product.currency}).`, ""]
      : []),
    table(["Capability", "Value", "Because"], rows),
    "",
    ...notKept.map(({ name, why }) => `Not kept: ${name}. ${why}`),
    made.length === 0
      ? "No mock order was made."
      : `Mock orders made, and noted as the probe's own: ${made.join(", ")}.`,
    CAVEAT,
    ...(stopped === null ? [] : ["", `Stopped early. ${stopped}`]),
  ].join("\n");
}
