import type { ProductDraft } from "./types.ts";

type Row = readonly [category: string, name: string, region: string, usdPrice: string];

const codeRows: readonly Row[] = [
  ["spotify", "Spotify Premium 1 month", "US", "10.3901"],
  ["spotify", "Spotify Premium 3 months", "EU", "31.2240"],
  ["spotify", "Spotify Premium 12 months", "IN", "14.0950"],
  ["spotify", "Spotify Premium 6 months", "BR", "21.3360"],
  ["xbox-game-pass", "Xbox Game Pass Core 3 months", "EU", "17.0225"],
  ["xbox-game-pass", "Xbox Game Pass Ultimate 1 month", "GLOBAL", "13.1180"],
  ["xbox-game-pass", "Xbox Game Pass Ultimate 3 months", "US", "43.7700"],
  ["playstation-plus", "PlayStation Plus Essential 1 month", "US", "9.1140"],
  ["playstation-plus", "PlayStation Plus Essential 12 months", "GB", "74.9055"],
  ["playstation-plus", "PlayStation Plus Extra 3 months", "TR", "19.4411"],
  ["software-plans", "Discord Nitro 1 month", "GLOBAL", "8.7210"],
  ["software-plans", "Discord Nitro 12 months", "GLOBAL", "88.1005"],
  ["software-plans", "NordVPN Standard 12 months", "GLOBAL", "41.2500"],
];

const keyRows: readonly (readonly [name: string, region: string, usdPrice: string])[] = [
  ["Cyberpunk 2077", "GLOBAL", "24.8840"],
  ["Elden Ring", "EU", "31.9020"],
  ["Baldur's Gate 3", "GLOBAL", "42.1175"],
  ["Hogwarts Legacy", "EU", "14.7705"],
  ["Stardew Valley", "GLOBAL", "8.0410"],
  ["Red Dead Redemption 2", "GLOBAL", "15.3320"],
  ["Forza Horizon 5", "TR", "18.4400"],
  ["Terraria", "GLOBAL", "3.9925"],
  ["Hades II", "GLOBAL", "22.5510"],
  ["Factorio", "GLOBAL", "29.7800"],
  ["Dead Cells", "EU", "9.1235"],
  ["Hollow Knight: Silksong", "GLOBAL", "15.8840"],
];

const codes = codeRows.map(
  ([category, name, region, usdPrice]): ProductDraft => ({
    category,
    name: `${name} (${region})`,
    usdPrice,
    delivery: { shape: "code", format: "****-****-****-****" },
    attributes: { countryCode: region },
    userGuide: "Enter the code on the provider's redeem page while signed in.",
  }),
);

const keys = keyRows.map(
  ([name, region, usdPrice]): ProductDraft => ({
    category: "game-keys",
    name: `${name} Steam key (${region})`,
    usdPrice,
    delivery: { shape: "plain", format: "*****-*****-*****" },
    attributes: { countryCode: region, platform: "Steam" },
    userGuide: "Steam, Games, Activate a Product on Steam.",
  }),
);

const accounts: readonly ProductDraft[] = [
  {
    category: "software-plans",
    name: "YouTube Premium 1 month on your account",
    usdPrice: "6.3310",
    delivery: { shape: "none" },
    deliveryType: "service",
    isService: true,
    maxQuantity: 1,
    noteFields: [{ name: "email", type: "email" }],
    userGuide: "You get an invitation by email. Accept it within 24 hours.",
  },
  {
    category: "software-plans",
    name: "Canva Pro 12 months ready account",
    usdPrice: "11.9040",
    delivery: { shape: "account" },
    deliveryType: "account",
    maxQuantity: 3,
    userGuide: "Sign in with the login and change the password at once.",
  },
];

export const subscriptions: readonly ProductDraft[] = [...codes, ...keys, ...accounts];
