import { type BrandTable, faceValueProducts } from "./face-values.ts";
import type { ProductDraft } from "./types.ts";

const tables: readonly BrandTable[] = [
  {
    category: "steam-gift-cards",
    brand: "Steam Wallet",
    delivery: { shape: "plain", format: "*****-*****-*****" },
    userGuide: "Open Steam, choose Redeem a Steam Gift Card and enter the code.",
    faces: {
      US: ["USD", 5, 10, 20, 50, 100],
      EU: ["EUR", 5, 10, 20, 50],
      TR: ["USD", 5, 10, 20],
      IN: ["INR", 150, 500, 1000],
      PL: ["PLN", 50, 100],
    },
  },
  {
    category: "amazon-gift-cards",
    brand: "Amazon Gift Card",
    delivery: { shape: "code", format: "****-******-****" },
    userGuide: "Go to Your Account, Gift cards, Redeem a gift card.",
    faces: {
      US: ["USD", 10, 25, 50, 100],
      DE: ["EUR", 10, 25, 50],
      GB: ["GBP", 10, 20, 50],
      IN: ["INR", 500, 1000, 2000],
      AE: ["AED", 50, 100],
    },
  },
  {
    category: "razer-gold",
    brand: "Razer Gold",
    delivery: { shape: "code-pin-serial", format: "##############" },
    userGuide: "Choose Razer Gold PIN at checkout and enter serial and PIN.",
    faces: { GLOBAL: ["USD", 5, 10, 20, 50], TR: ["TRY", 100, 250], BR: ["BRL", 25, 50] },
  },
  {
    category: "netflix-gift-cards",
    brand: "Netflix Gift Card",
    delivery: { shape: "pin", format: "***-******-**" },
    userGuide: "Enter the PIN at netflix.com/redeem.",
    faces: { US: ["USD", 15, 30, 60], EU: ["EUR", 15, 25, 50], TR: ["TRY", 200, 500] },
  },
  {
    category: "retail-gift-cards",
    brand: "Zalando Gift Card",
    delivery: { shape: "code", format: "****-****-****-****" },
    userGuide: "Enter the code at checkout under Vouchers.",
    faces: { DE: ["EUR", 20, 50], PL: ["PLN", 100, 200] },
  },
  {
    category: "retail-gift-cards",
    brand: "Uber Gift Card",
    delivery: { shape: "plain", format: "****************" },
    userGuide: "In the Uber app: Account, Wallet, Add funds, Gift card.",
    faces: { US: ["USD", 15, 25, 50], MX: ["MXN", 200, 400] },
  },
  {
    category: "retail-gift-cards",
    brand: "Flipkart E-Gift Voucher",
    delivery: { shape: "code-pin-serial", format: "6001############" },
    userGuide: "Pay with Gift Card at checkout: voucher number, then PIN.",
    faces: { IN: ["INR", 250, 500, 1000, 2000] },
  },
  {
    category: "rewarble",
    brand: "Rewarble Visa",
    delivery: { shape: "plain", format: "RW-****-****-****-****" },
    userGuide: "Redeem at rewarble.com and choose the card you want funded.",
    faces: { GLOBAL: ["USD", 5, 10, 25, 50], EU: ["EUR", 10, 25, 50] },
  },
];

export const giftCards: readonly ProductDraft[] = tables.flatMap(faceValueProducts);
