import type { ReceivedEvent } from "./server.ts";

/** One line for the terminal: when, what, about what. Codes and links stay where they are. */
export function describeEvent({ id, isRepeated, payload }: ReceivedEvent): string {
  const { type, timestamp, data } = payload;
  const about = [
    text(data.orderId),
    text(data.clientRef),
    text(data.status),
    text(data.supplier),
    text(data.key),
    text(data.subject),
    amount(data),
    "claim" in data && data.claim ? "with a claim link" : "",
    hasCodes(data) ? "with its codes" : "",
    data.isMock === true ? "mock" : "",
  ].filter(Boolean);
  const again = isRepeated ? "  (again)" : "";
  return `${clock(timestamp)}  ${printable(type).padEnd(17)}  ${about.join("  ")}  ${id}${again}`;
}

/** Nothing that would move the cursor or colour the screen. */
const printable = (value: unknown): string =>
  String(value ?? "")
    .replace(/\p{C}/gu, "")
    .slice(0, 80);

const text = (value: unknown): string => (typeof value === "string" ? printable(value) : "");

const clock = (timestamp: string): string =>
  /T(\d{2}:\d{2}:\d{2})/.exec(String(timestamp))?.[1] ?? "--:--:--";

const amount = ({ total, currency }: Record<string, unknown>): string =>
  text(total) && `${text(total)} ${text(currency)}`;

const hasCodes = ({ items }: Record<string, unknown>): boolean =>
  Array.isArray(items) && items.some((item) => Array.isArray(item?.codes));
