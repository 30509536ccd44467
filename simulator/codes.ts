import type { Delivery } from "./catalogue/types.ts";
import { drawText } from "./chance.ts";

const unambiguous = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const digits = "0123456789";

/** What the codes of one item are made from. The same values always give the same codes. */
export type CodeSource = { seed: number; orderId: string; item: number; isMock: boolean };

/** An item's `externalData` with `count` codes, in the shape its product delivers. */
export function externalData(delivery: Delivery, count: number, source: CodeSource): unknown[] {
  if (delivery.shape === "none") return [];
  const each = Array.from({ length: count }, (_, position) => position);
  if (delivery.shape === "codes") {
    if (count === 0) return [];
    return [{ codes: each.map((position) => fill(delivery.format, source, position, "code")) }];
  }
  return each.map((position) => element(delivery, source, position));
}

function element(delivery: Delivery, source: CodeSource, position: number): unknown {
  const text = (format: string, part: string) => fill(format, source, position, part);
  switch (delivery.shape) {
    case "plain":
      return text(delivery.format, "code");
    case "code":
      return { code: text(delivery.format, "code") };
    case "pin":
      return { pin: text(delivery.format, "pin") };
    case "code-pin-serial":
      return {
        code: text(delivery.format, "code"),
        pin: text("######", "pin"),
        serial: text("###########", "serial"),
      };
    case "esim":
      return esim(text);
    case "account":
      return {
        login: text("kh.********@example.com", "login"),
        password: text("************", "password"),
      };
    case "codes":
    case "none":
      return null;
  }
}

function esim(text: (format: string, part: string) => string) {
  const smdpAddress = "smdp.example.com";
  const activationCode = text("****-*****-*****-*****", "activation");
  return {
    iccid: text("89###############", "iccid"),
    smdpAddress,
    activationCode,
    qrText: `LPA:1$${smdpAddress}$${activationCode}`,
    apn: "internet",
  };
}

function fill(format: string, source: CodeSource, position: number, part: string): string {
  const name = [source.seed, source.orderId, source.item, position, part] as const;
  const letters = drawText(format.length, unambiguous, ...name, "letters");
  const numbers = drawText(format.length, digits, ...name, "digits");
  const filled = format.replaceAll(/[*#]/g, (mark, at: number) =>
    (mark === "*" ? letters : numbers).charAt(at),
  );
  return source.isMock ? `MOCK-${filled}` : filled;
}
