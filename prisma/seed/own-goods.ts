/** Goods that the demo's shop bought elsewhere, as the files look that they came in. */
import { randomBytes, randomInt } from "node:crypto";
import type { ImportRow } from "#lib/codes/import-policy.ts";

export type OwnGoods = {
  product: { name: string; region: string | null };
  source: string;
  cost: string;
  currency: string;
  rowsAt: (now: Date) => ImportRow[];
};

const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const text = (length: number, of: string): string =>
  Array.from({ length }, () => of[randomInt(of.length)]).join("");
const group = () => text(4, LETTERS);
const digits = (length: number) => text(length, "0123456789");

const day = (now: Date, daysLater: number): string =>
  new Date(now.getTime() + daysLater * 86_400_000).toISOString().slice(0, 10);

/** Of several parts; some are over soon, one was before it came, and one stands there twice. */
export const VOUCHERS: OwnGoods = {
  product: { name: "Cinema voucher, 2 seats", region: "EU" },
  source: "cinema-vouchers-november.csv",
  cost: "11.5",
  currency: "EUR",
  rowsAt(now) {
    const lives = [9, 12, 12, 12, 17, 17, 340, 340, 340, 340, 340, 340, -3];
    const rows = lives.map((days, at) => ({
      row: at + 1,
      code: `CINE-${group()}-${group()}-${group()}`,
      pin: digits(4),
      serial: `CV${digits(10)}`,
      expiry: day(now, days),
      url: "https://tickets.example/redeem",
    }));
    return [...rows, ...rows.slice(0, 1).map((row) => ({ ...row, row: rows.length + 1 }))];
  },
};

export const ESIMS: OwnGoods = {
  product: { name: "eSIM Japan 10 GB", region: "JP" },
  source: "Purchase 2026-114",
  cost: "6.8",
  currency: "USD",
  rowsAt: () =>
    [0, 1, 2].map((row) => ({
      row,
      code: `LPA:1$rsp.esim.example$${randomBytes(8).toString("hex").toUpperCase()}`,
      serial: `8981${digits(15)}`,
    })),
};
