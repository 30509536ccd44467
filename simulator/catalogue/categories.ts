import { v5 as uuidFromName } from "uuid";
import type { Category } from "./types.ts";

const namespace = "6f1c3a52-9d0e-4b6a-8a53-0c1d7e9b2f44";

type Row = readonly [slug: string, name: string, parent: string | null, description: string];

const rows: readonly Row[] = [
  ["gift-cards", "Gift cards", null, "Codes for shops, games and films"],
  ["app-stores", "App stores", null, "Store credit by country"],
  ["game-currency", "Game currency", null, "Coins, gems and passes"],
  ["gaming-services", "Gaming services", null, "Game keys and bundles"],
  ["subscriptions", "Subscriptions", null, "Music, games and software by the month"],
  ["esim", "eSIM", null, "Mobile data for travellers"],
  ["topups", "Top-ups", null, "Straight to an account or number"],
  ["rewarble", "Rewarble", null, "Prepaid vouchers for payment cards"],
  ["ai-services", "AI services", null, "Plans and credit for AI tools"],
  ["test", "Test", null, "Products that always behave in one particular way"],
  ["steam-gift-cards", "Steam", "gift-cards", "Steam Wallet codes"],
  ["amazon-gift-cards", "Amazon", "gift-cards", "Amazon gift cards"],
  ["razer-gold", "Razer Gold", "gift-cards", "Razer Gold PINs"],
  ["netflix-gift-cards", "Netflix", "gift-cards", "Netflix gift cards"],
  ["retail-gift-cards", "Shops and travel", "gift-cards", "Retail, rides and food"],
  ["apple-gift-cards", "Apple", "app-stores", "Apple account credit"],
  ["google-play", "Google Play", "app-stores", "Google Play credit"],
  ["playstation-store", "PlayStation Store", "app-stores", "PlayStation wallet credit"],
  ["xbox-gift-cards", "Xbox", "app-stores", "Xbox and Microsoft account credit"],
  ["nintendo-eshop", "Nintendo eShop", "app-stores", "Nintendo eShop credit"],
  ["roblox", "Roblox", "game-currency", "Robux and Roblox credit"],
  ["fortnite", "Fortnite", "game-currency", "V-Bucks codes"],
  ["valorant", "Valorant", "game-currency", "Valorant Points"],
  ["pubg-mobile", "PUBG Mobile", "game-currency", "Unknown Cash"],
  ["mobile-legends", "Mobile Legends", "game-currency", "Diamonds"],
  ["free-fire", "Free Fire", "game-currency", "Diamonds"],
  ["genshin-impact", "Genshin Impact", "game-currency", "Genesis Crystals"],
  ["game-keys", "Game keys", "gaming-services", "Keys for PC games"],
  ["spotify", "Spotify", "subscriptions", "Spotify Premium"],
  ["xbox-game-pass", "Xbox Game Pass", "subscriptions", "Game Pass memberships"],
  ["playstation-plus", "PlayStation Plus", "subscriptions", "PlayStation Plus memberships"],
  ["software-plans", "Software", "subscriptions", "Chat, video and privacy plans"],
  ["esim-europe", "Europe", "esim", "Data for Europe"],
  ["esim-asia", "Asia", "esim", "Data for Asia"],
  ["esim-americas", "Americas", "esim", "Data for the Americas"],
  ["esim-global", "Global", "esim", "Data worldwide"],
  ["steam-topup", "Steam account", "topups", "Adds funds to a Steam login"],
  ["telegram", "Telegram", "topups", "Stars and Premium"],
  ["mobile-topup", "Mobile phones", "topups", "Prepaid phone credit"],
  ["ai-assistants", "AI assistants", "ai-services", "Chat and search plans"],
  ["ai-creative", "AI image and video", "ai-services", "Picture and film credit"],
  ["test-outcomes", "Test: outcomes", "test", "Orders that end in a chosen way"],
  ["test-shapes", "Test: shapes", "test", "Deliveries and note fields of each shape"],
];

/** The tree as a flat list, parents before children. Ids depend on the slug alone. */
export const categories: readonly Category[] = rows.map(([slug, name, parent, description]) => ({
  id: categoryId(slug),
  slug,
  name,
  description,
  parentId: parent === null ? null : categoryId(parent),
  tags: parent === null ? [slug] : [parent, slug],
}));

function categoryId(slug: string): string {
  return uuidFromName(slug, namespace);
}
