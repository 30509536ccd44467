/** A dossier in words, for somebody at the supplier who knows nothing of us. In English; times in UTC. Pure. */
import { ENGLISH } from "#lib/deliveries/words/english.ts";
import type { DossierData, DossierStep } from "./types.ts";

export function writeDossier(data: DossierData, now: Date): string {
  const { supplierOrderId, supplier, problems, sends, trail } = data;
  const head = [
    data.isMock ? "MOCK ORDER: nothing real was bought." : null,
    `Supplier order: ${supplierOrderId ?? "none known"} (${supplier})`,
    `Our reference: ${data.orderId}`,
    `State as we see it: ${data.status}${data.supplierStatus ? ` (your word: ${data.supplierStatus})` : ""}, since ${instant(data.statusSince)}${data.finishedAt ? "" : `, for ${lasting(data.statusSince, now)}`}`,
    `Placed: ${instant(data.placedAt)}`,
    `Paid: ${data.paidAt ? instant(data.paidAt) : "not as far as we know"}`,
    `Last asked: ${data.lastAskedAt ? `${instant(data.lastAskedAt)}, ${data.asked} times so far` : "never"}`,
    `Total: ${data.chargedTotal ?? data.agreedTotal} ${data.currency}`,
  ];
  return [
    head.filter((line) => line !== null).join("\n"),
    section("Goods", data.items.map(itemLine)),
    section(
      "What is wrong",
      problems.map(({ key, since }) => `${problemWord(key)}, since ${instant(since)}`),
    ),
    section("What we sent", sends.map(sendLine)),
    section("What we saw", trail.map(stepLine)),
    `As of ${instant(now.toISOString())}. Codes and customers are left out.`,
  ]
    .filter(Boolean)
    .join("\n\n");
}

const section = (title: string, lines: string[]): string =>
  lines.length === 0 ? "" : [`${title}:`, ...lines.map((line) => `  ${line}`)].join("\n");

const problemWord = (key: string): string => ENGLISH.alerts[key] ?? key.replaceAll("_", " ");

function itemLine(item: DossierData["items"][number], index: number): string {
  const { quantity, product, region, supplierProductId, unitPrice, codesReceived, error } = item;
  const arrived = codesReceived === null ? "" : `; codes received: ${codesReceived} of ${quantity}`;
  const failed = error ? `; error: ${line(error)}` : "";
  const where = region ? `, ${region}` : "";
  return `${index + 1}. ${quantity} × ${product}${where} (${supplierProductId}), ${unitPrice} each${arrived}${failed}`;
}

function sendLine(send: DossierData["sends"][number]): string {
  const { kind, at, answeredAt, outcome, httpStatus, detail } = send;
  const took = answeredAt ? ` after ${Date.parse(answeredAt) - Date.parse(at)} ms` : "";
  const status = httpStatus === null ? "" : `, HTTP ${httpStatus}`;
  const words = detail ? `: ${line(detail)}` : "";
  return `${instant(at)}  ${kind}: ${outcome ?? "no answer yet"}${status}${took}${words}`;
}

function stepLine({ at, what, until, times, facts }: DossierStep): string {
  if (what === "left_out") return `… ${times} more …`;
  const said = Object.entries(facts)
    .filter(([, value]) => value !== null && value !== "")
    .map(
      ([name, value]) => `${name === "supplierOrderId" ? "order" : name}: ${line(String(value))}`,
    )
    .join(", ");
  const span = times && times > 1 && until ? ` (${times} times until ${instant(until)})` : "";
  return `${instant(at)}  ${what.replaceAll("_", " ")}${span}${said ? ` – ${said}` : ""}`;
}

/** Of foreign words: one line. */
const line = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, " ").trim();

const instant = (iso: string): string => `${iso.slice(0, 19).replace("T", " ")} UTC`;

function lasting(since: string, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / 60_000));
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60)];
  return [days && `${days} d`, hours && `${hours} h`, `${minutes % 60} min`]
    .filter(Boolean)
    .join(" ");
}
