import type { NoteField, ProductDraft } from "./types.ts";

const playerId: NoteField = { name: "player_id", type: "integer" };
const zone: NoteField = { name: "zone_id", type: "integer" };
const genshinServer: NoteField = {
  name: "server",
  type: "select",
  options: ["America", "Europe", "Asia", "TW, HK, MO"],
};

type Row = readonly [amount: number, usdPrice: string];

function coded(category: string, unit: string, format: string, rows: readonly Row[]) {
  return rows.map(
    ([amount, usdPrice]): ProductDraft => ({
      category,
      name: `${unit.replace("{n}", String(amount))} (code)`,
      usdPrice,
      delivery: { shape: "code", format },
      attributes: { amount: String(amount), region: "Global" },
      userGuide: "Sign in to the game's redeem page and enter the code.",
    }),
  );
}

function credited(
  category: string,
  unit: string,
  noteFields: readonly NoteField[],
  rows: readonly Row[],
) {
  return rows.map(
    ([amount, usdPrice]): ProductDraft => ({
      category,
      name: unit.replace("{n}", String(amount)),
      usdPrice,
      delivery: { shape: "none" },
      deliveryType: "direct_topup",
      isService: true,
      noteFields,
      maxQuantity: 5,
      attributes: { amount: String(amount), region: "Global" },
      userGuide: "Nothing to redeem: the amount arrives in the game within a minute.",
    }),
  );
}

export const gameCurrency: readonly ProductDraft[] = [
  ...coded("roblox", "Roblox {n} Robux", "***-***-****", [
    [400, "4.7120"],
    [800, "9.3844"],
    [1700, "18.8010"],
    [4500, "47.2200"],
  ]),
  ...coded("fortnite", "Fortnite {n} V-Bucks", "*****-****-****-*****", [
    [1000, "7.4391"],
    [2800, "18.9950"],
    [5000, "30.4120"],
    [13500, "74.8800"],
  ]),
  ...coded("valorant", "Valorant {n} Points", "RA-****************", [
    [475, "4.6613"],
    [1000, "9.4425"],
    [2050, "18.7702"],
    [3650, "32.9090"],
  ]),
  ...credited(
    "pubg-mobile",
    "PUBG Mobile {n} UC",
    [playerId],
    [
      [60, "0.8891"],
      [325, "4.4310"],
      [660, "8.7745"],
      [1800, "21.9300"],
      [3850, "43.1180"],
    ],
  ),
  ...credited(
    "mobile-legends",
    "Mobile Legends {n} Diamonds",
    [playerId, zone],
    [
      [86, "1.4210"],
      [172, "2.8155"],
      [706, "11.0930"],
      [2195, "33.4400"],
    ],
  ),
  ...credited(
    "free-fire",
    "Free Fire {n} Diamonds",
    [playerId],
    [
      [100, "0.9549"],
      [310, "2.8821"],
      [1060, "9.4415"],
    ],
  ),
  ...credited(
    "genshin-impact",
    "Genshin Impact {n} Genesis Crystals",
    [{ name: "uid", type: "integer" }, genshinServer],
    [
      [60, "0.9102"],
      [330, "4.5220"],
      [1090, "13.6650"],
      [2240, "27.3010"],
    ],
  ),
];
