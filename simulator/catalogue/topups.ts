import Big from "big.js";
import { money } from "../money.ts";
import type { NoteField, ProductDraft } from "./types.ts";

const service = {
  delivery: { shape: "none" },
  deliveryType: "direct_topup",
  isService: true,
  stock: null,
} satisfies Partial<ProductDraft>;

const steamRows = [
  ["Steam account top-up, 1 USD a unit", "1.0435", "GLOBAL"],
  ["Steam account top-up Kazakhstan, 1 USD a unit", "1.0280", "KZ"],
] as const;

const steam = steamRows.map(
  ([name, usdPrice, countryCode]): ProductDraft => ({
    ...service,
    category: "steam-topup",
    name,
    usdPrice,
    maxQuantity: 300,
    noteFields: [{ name: "login", type: "string" }],
    attributes: { countryCode, amount: "1", currency: "USD" },
    userGuide: "Give the login you sign in with, not the profile name. Quantity is the amount.",
  }),
);

const telegramRows = [
  ["Telegram 50 Stars", "0.8120"],
  ["Telegram 250 Stars", "4.0215"],
  ["Telegram 1000 Stars", "15.8840"],
  ["Telegram Premium 3 months", "12.1100"],
  ["Telegram Premium 12 months", "29.4405"],
] as const;

const telegram = telegramRows.map(
  ([name, usdPrice]): ProductDraft => ({
    ...service,
    category: "telegram",
    name,
    usdPrice,
    noteFields: [{ name: "username", type: "string" }],
    userGuide: "Give the public username without the @ sign.",
  }),
);

type PhoneRow = readonly [
  name: string,
  countryCode: string,
  currency: string,
  usdPerUnit: string,
  operators: readonly string[],
  amounts: readonly number[],
];

const phoneRows: readonly PhoneRow[] = [
  ["India prepaid", "IN", "INR", "0.0124", ["Airtel", "Jio", "Vi", "BSNL"], [199, 299, 719]],
  ["Turkey prepaid", "TR", "TRY", "0.0305", ["Turkcell", "Vodafone", "Turk Telekom"], [100, 250]],
  ["Brazil prepaid", "BR", "BRL", "0.1850", ["Claro", "TIM", "Vivo"], [20, 50]],
];

const phone: NoteField = { name: "phone", type: "string" };

const phones = phoneRows.flatMap(([name, countryCode, currency, usdPerUnit, operators, amounts]) =>
  amounts.map(
    (amount): ProductDraft => ({
      ...service,
      category: "mobile-topup",
      name: `${name} ${amount} ${currency}`,
      usdPrice: money(new Big(usdPerUnit).times(amount)),
      maxQuantity: 1,
      noteFields: [phone, { name: "operator", type: "select", options: operators }],
      attributes: { amount: String(amount), currency, countryCode },
      userGuide: "Give the number with its country code, digits only.",
    }),
  ),
);

export const topups: readonly ProductDraft[] = [...steam, ...telegram, ...phones];
