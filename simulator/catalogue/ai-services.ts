import type { ProductDraft } from "./types.ts";

const email = { name: "email", type: "email" } as const;

const onYourAccount = {
  delivery: { shape: "none" },
  deliveryType: "service",
  isService: true,
  maxQuantity: 1,
  noteFields: [email],
  userGuide: "The plan is switched on for the account with this email address.",
} satisfies Partial<ProductDraft>;

const byCode = {
  delivery: { shape: "code", format: "****-****-****" },
  userGuide: "Enter the code under Billing, Redeem.",
} satisfies Partial<ProductDraft>;

export const aiServices: readonly ProductDraft[] = [
  {
    ...onYourAccount,
    category: "ai-assistants",
    name: "ChatGPT Plus 1 month",
    usdPrice: "18.9940",
  },
  { ...onYourAccount, category: "ai-assistants", name: "Claude Pro 1 month", usdPrice: "19.1005" },
  { ...byCode, category: "ai-assistants", name: "Perplexity Pro 12 months", usdPrice: "24.5515" },
  {
    category: "ai-assistants",
    name: "ChatGPT Plus 1 month ready account",
    usdPrice: "12.7780",
    delivery: { shape: "account" },
    deliveryType: "account",
    userGuide: "Sign in with the login and password you get.",
  },
  {
    ...onYourAccount,
    category: "ai-creative",
    name: "Midjourney Standard 1 month",
    usdPrice: "28.4420",
  },
  { ...byCode, category: "ai-creative", name: "Runway 1000 credits", usdPrice: "9.6635" },
  { ...byCode, category: "ai-creative", name: "ElevenLabs Starter 1 month", usdPrice: "4.7890" },
];
