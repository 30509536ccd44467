/** One order of the demo's story. Oldest first, so that ids and times agree. */
export type Chapter = {
  hoursAgo: number;
  /** Words that find the product in the catalogue. */
  product: string;
  quantity: number;
  by: "admin" | "operator";
  customerRef?: string;
  note?: Record<string, string>;
  mock?: true;
  /** What the simulator makes of it; left out: it completes. See simulator/README.md, "Rules". */
  fate?: Record<string, unknown>;
  /** Somebody looked at its first code. */
  revealed?: true;
  /** Somebody else orders the same goods with the account right afterwards. */
  foreignTwin?: true;
  /** The supplier takes no money for it, now and later. */
  unpayable?: true;
};

/** A day in a shop: mostly good, with one order in each state that needs a person. */
export const STORY: Chapter[] = [
  {
    hoursAgo: 25,
    product: "Steam Wallet 20 EUR",
    quantity: 2,
    by: "operator",
    customerRef: "SHOP-10412",
    revealed: true,
  },
  {
    hoursAgo: 23.5,
    product: "Apple Gift Card 25 USD",
    quantity: 1,
    by: "operator",
    customerRef: "SHOP-10415",
  },
  {
    hoursAgo: 22,
    product: "PUBG Mobile 660 UC",
    quantity: 1,
    by: "operator",
    customerRef: "TG-88120",
    note: { player_id: "5512873340" },
  },
  {
    hoursAgo: 20.5,
    product: "Netflix Gift Card 30 USD",
    quantity: 3,
    by: "operator",
    customerRef: "SHOP-10418",
  },
  {
    hoursAgo: 19,
    product: "eSIM Europe 39 countries 5 GB",
    quantity: 1,
    by: "operator",
    customerRef: "SHOP-10420",
  },
  { hoursAgo: 17, product: "Razer Gold 50 USD", quantity: 1, by: "admin", customerRef: "B2B-0071" },
  {
    hoursAgo: 15.5,
    product: "Spotify Premium 3 months",
    quantity: 1,
    by: "operator",
    customerRef: "SHOP-10423",
    fate: { fail: { message: "Upstream supplier did not deliver" } },
  },
  {
    hoursAgo: 14,
    product: "Xbox Gift Card 10 USD",
    quantity: 5,
    by: "operator",
    customerRef: "B2B-0072",
  },
  {
    hoursAgo: 12.5,
    product: "Google Play 25 TRY",
    quantity: 4,
    by: "operator",
    customerRef: "TG-88127",
  },
  {
    hoursAgo: 11,
    product: "Steam account top-up",
    quantity: 20,
    by: "operator",
    customerRef: "TG-88131",
    note: { login: "nightowl_77" },
  },
  {
    hoursAgo: 9.5,
    product: "Nintendo eShop Card 20 USD",
    quantity: 2,
    by: "operator",
    customerRef: "SHOP-10427",
    fate: { cancel: { reason: "payment_failure", when: "paid" } },
  },
  {
    hoursAgo: 8,
    product: "Roblox 1700 Robux",
    quantity: 1,
    by: "operator",
    customerRef: "SHOP-10431",
  },
  {
    hoursAgo: 7,
    product: "Uber Gift Card 50 USD",
    quantity: 2,
    by: "admin",
    customerRef: "B2B-0073",
  },
  {
    hoursAgo: 6,
    product: "PlayStation Store 10 GBP",
    quantity: 3,
    by: "operator",
    customerRef: "SHOP-10433",
    fate: { partialCodes: 2 },
  },
  {
    hoursAgo: 5,
    product: "Baldur's Gate 3",
    quantity: 1,
    by: "operator",
    customerRef: "SHOP-10436",
  },
  {
    hoursAgo: 4.2,
    product: "Valorant 3650",
    quantity: 1,
    by: "operator",
    customerRef: "TG-88140",
    mock: true,
  },
  {
    hoursAgo: 3.4,
    product: "Zalando Gift Card 50 EUR",
    quantity: 1,
    by: "operator",
    customerRef: "SHOP-10438",
    fate: { priceChange: { by: "1.04" } },
  },
  {
    hoursAgo: 3,
    product: "Genshin Impact 1090",
    quantity: 1,
    by: "operator",
    customerRef: "TG-88142",
    note: { uid: "700412388" },
  },
  {
    hoursAgo: 2.2,
    product: "Amazon Gift Card 25 EUR",
    quantity: 2,
    by: "operator",
    customerRef: "SHOP-10440",
    revealed: true,
  },
  {
    hoursAgo: 1.6,
    product: "NordVPN Standard 12 months",
    quantity: 1,
    by: "operator",
    customerRef: "SHOP-10441",
  },
  {
    hoursAgo: 1.1,
    product: "Amazon Gift Card 50 GBP",
    quantity: 1,
    by: "operator",
    customerRef: "SHOP-10443",
    fate: { loseReply: "after" },
    foreignTwin: true,
  },
  {
    hoursAgo: 0.9,
    product: "Roblox 1700 Robux",
    quantity: 4,
    by: "admin",
    customerRef: "B2B-0074",
    unpayable: true,
  },
  {
    hoursAgo: 0.6,
    product: "Steam Wallet 50 PLN",
    quantity: 1,
    by: "operator",
    customerRef: "SHOP-10444",
    fate: { stall: "processing" },
  },
  {
    hoursAgo: 0.3,
    product: "Apple Gift Card 100 USD",
    quantity: 1,
    by: "operator",
    customerRef: "SHOP-10446",
  },
];

/** Bought for nobody yet: stock to hand out from. */
export const FOR_STOCK: Chapter = {
  hoursAgo: 26,
  product: "Amazon Gift Card 25 EUR",
  quantity: 6,
  by: "admin",
};

/** Whose codes were sent by a link that nobody opened in time. */
export const UNCLAIMED = "SHOP-10418";

/** What somebody else ordered with the account: nobody here knows of it. */
export const FOREIGN = { product: "Razer Gold 20 USD", quantity: 1 };
