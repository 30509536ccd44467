import { SEALED_TOTP } from "#lib/access/second-factor/sealed-totp.ts";
import { type RotationNews, type RotationReport, rotateKeys } from "#lib/codes/rotate-keys.ts";
import { SEALED_SECRETS } from "#lib/deliveries/sealed-secrets.ts";
import { SEALED_INBOX } from "#lib/inbound/sealed-inbox.ts";
import { SEALED_LINKS } from "#lib/orders/sealed-links.ts";
import { SEALED_PAYMENT_PAGES } from "#lib/orders/sealed-payment-pages.ts";
import { SealError } from "#lib/platform/gcm.ts";
import { openKeySource } from "#lib/platform/open-key-source.ts";
import { SEALED_SUPPLIER_SECRETS } from "#lib/suppliers/sealed-secrets.ts";
import { COMMAND_LINE, type Command, Failure, type Tools } from "../command.ts";

/** A line so often, in parts of the whole. */
const LINES = 20;
const MOST_IDS = 20;

export const keysRotate: Command = {
  name: "keys rotate",
  usage: "[--json]",
  summary: "Makes a new data key and seals every code and secret anew, while everything runs.",
  help: `To change the outside key: put the new one in front of the old ones, in KEYHOLD_SEALING_KEYS or
its file; start every process again; run this; then take the old ones away.

May be broken off: the next run goes on where this one was.`,
  positionals: [],
  options: {},
  async run(_, tools) {
    const source = openKeySource(tools.env());
    const core = await tools.core();
    const others = [
      ...[SEALED_LINKS, SEALED_SECRETS, SEALED_SUPPLIER_SECRETS, SEALED_INBOX],
      ...[SEALED_PAYMENT_PAGES, SEALED_TOTP],
    ];
    const surroundings = { others, wait: tools.wait, tell: teller(tools) };
    try {
      const report = await rotateKeys(core, source, COMMAND_LINE, surroundings);
      const ok = report.unopened.length === 0;
      return { json: { ok, ...report }, text: said(report), ok };
    } catch (error) {
      if (error instanceof SealError) throw new Failure(error.message);
      throw error;
    }
  },
};

function teller({ tell }: Tools): (news: RotationNews) => void {
  let told = 0;
  return (news) => {
    if (news.kind === "waiting") {
      const seconds = Math.ceil(news.ms / 1_000);
      tell(`Waiting ${seconds} s for processes that may not have heard of the new key.`);
      return;
    }
    const { done, total } = news;
    const part = Math.floor((done / total) * LINES);
    if (part === told) return;
    told = part;
    tell(`${done} of ${total} sealed anew.`);
  };
}

function said({ dataKeyId, resumed, rewrapped, resealed, unopened }: RotationReport): string {
  const lines = [
    `The data key is ${dataKeyId} now${resumed ? "; a rotation that was broken off is done" : ""}.`,
    `Sealed anew: ${resealed}. Data keys wrapped by the first outside key: ${rewrapped}.`,
  ];
  if (unopened.length === 0) return lines.join("\n");
  const more = unopened.length > MOST_IDS ? " …" : "";
  return [
    ...lines,
    `${unopened.length} don't open and keep the seal they have; keep every outside key until that is cleared up:`,
    `${unopened.slice(0, MOST_IDS).join(" ")}${more}`,
  ].join("\n");
}
