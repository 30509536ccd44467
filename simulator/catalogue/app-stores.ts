import { type BrandTable, faceValueProducts } from "./face-values.ts";
import type { ProductDraft } from "./types.ts";

const tables: readonly BrandTable[] = [
  {
    category: "apple-gift-cards",
    brand: "Apple Gift Card",
    delivery: { shape: "code", format: "X***************" },
    userGuide: "Open the App Store, tap your picture, then Redeem Gift Card or Code.",
    faces: {
      US: ["USD", 2, 5, 10, 25, 50, 100],
      TR: ["TRY", 25, 50, 100, 250],
      IN: ["INR", 100, 500, 1000],
      DE: ["EUR", 10, 25, 50],
      JP: ["JPY", 1000, 3000],
      SA: ["SAR", 50, 100],
    },
  },
  {
    category: "google-play",
    brand: "Google Play",
    delivery: { shape: "plain", format: "****-****-****-****-****" },
    userGuide: "Open Google Play, Payments, Redeem code.",
    faces: {
      US: ["USD", 5, 10, 25, 50],
      TR: ["TRY", 25, 50, 100],
      IN: ["INR", 100, 500, 1500],
      BR: ["BRL", 15, 30, 50],
      ID: ["IDR", 50000, 150000],
    },
  },
  {
    category: "playstation-store",
    brand: "PlayStation Store",
    delivery: { shape: "code", format: "****-****-****" },
    userGuide: "PlayStation Store, the three dots, Redeem Code.",
    faces: {
      US: ["USD", 10, 25, 50, 100],
      GB: ["GBP", 5, 10, 25],
      TR: ["TRY", 250, 500],
      IN: ["INR", 1000, 2000],
      PL: ["PLN", 50, 100],
    },
  },
  {
    category: "xbox-gift-cards",
    brand: "Xbox Gift Card",
    delivery: { shape: "plain", format: "*****-*****-*****-*****-*****" },
    userGuide: "Enter the 25-character code at redeem.microsoft.com.",
    faces: { US: ["USD", 5, 10, 25, 50], EU: ["EUR", 5, 10, 25], CA: ["CAD", 10, 25] },
  },
  {
    category: "nintendo-eshop",
    brand: "Nintendo eShop Card",
    delivery: { shape: "plain", format: "B***************" },
    userGuide: "Nintendo eShop, Enter Code.",
    faces: {
      US: ["USD", 10, 20, 50],
      EU: ["EUR", 15, 25],
      JP: ["JPY", 1000, 3000],
      AU: ["AUD", 15],
    },
  },
];

export const appStores: readonly ProductDraft[] = tables.flatMap(faceValueProducts);
