import Big from "big.js";
import { draw } from "../chance.ts";
import { money } from "../money.ts";
import type { Delivery, ProductDraft } from "./types.ts";

const usdPerUnit: Record<string, string> = {
  USD: "1",
  EUR: "1.0865",
  GBP: "1.2712",
  TRY: "0.0291",
  INR: "0.01184",
  BRL: "0.1784",
  PLN: "0.2521",
  SAR: "0.2666",
  AED: "0.2723",
  JPY: "0.00671",
  CAD: "0.7305",
  AUD: "0.6542",
  MXN: "0.0541",
  RUB: "0.01229",
  IDR: "0.0000615",
};

const regions: Record<string, string> = {
  US: "United States",
  EU: "Europe",
  GB: "United Kingdom",
  DE: "Germany",
  TR: "Turkey",
  IN: "India",
  BR: "Brazil",
  PL: "Poland",
  SA: "Saudi Arabia",
  AE: "United Arab Emirates",
  JP: "Japan",
  CA: "Canada",
  AU: "Australia",
  MX: "Mexico",
  RU: "Russia",
  ID: "Indonesia",
  GLOBAL: "Global",
};

/** One brand: for each country its face currency and the amounts that exist there. */
export type BrandTable = {
  category: string;
  brand: string;
  delivery: Delivery;
  userGuide: string;
  faces: Record<string, readonly [currency: string, ...amounts: number[]]>;
};

/** A product for every amount in the table, priced a little below or above its face value. */
export function faceValueProducts(table: BrandTable): ProductDraft[] {
  return Object.entries(table.faces).flatMap(([country, [currency, ...amounts]]) =>
    amounts.map((amount) => faceValueProduct(table, country, currency, amount)),
  );
}

function faceValueProduct(
  table: BrandTable,
  country: string,
  currency: string,
  amount: number,
): ProductDraft {
  const name = `${table.brand} ${amount} ${currency} (${country})`;
  const rate = usdPerUnit[currency];
  const region = regions[country];
  if (rate === undefined || region === undefined) throw new Error(`No rate or region: ${name}`);
  const margin = 0.93 + draw("margin", name) * 0.1;
  return {
    category: table.category,
    name,
    description: `${table.brand} with a face value of ${amount} ${currency}, for accounts in ${region}.`,
    usdPrice: money(new Big(rate).times(amount).times(margin.toFixed(4))),
    delivery: table.delivery,
    userGuide: table.userGuide,
    attributes: {
      amount: String(amount),
      currency,
      faceValueAmount: String(amount),
      faceValueCurrency: currency,
      countryCode: country,
      region,
    },
  };
}
