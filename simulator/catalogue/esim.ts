import type { ProductDraft } from "./types.ts";

type Row = readonly [category: string, place: string, country: string, plans: readonly Plan[]];
type Plan = readonly [gigabytes: number, days: number, usdPrice: string];

const rows: readonly Row[] = [
  [
    "esim-europe",
    "Europe 39 countries",
    "EU",
    [
      [1, 7, "2.1450"],
      [5, 30, "8.0515"],
      [20, 30, "22.3300"],
    ],
  ],
  [
    "esim-europe",
    "Turkey",
    "TR",
    [
      [1, 7, "1.7805"],
      [10, 30, "9.6640"],
    ],
  ],
  [
    "esim-europe",
    "United Kingdom",
    "GB",
    [
      [3, 15, "4.3920"],
      [10, 30, "11.0250"],
    ],
  ],
  [
    "esim-asia",
    "Thailand",
    "TH",
    [
      [3, 15, "3.1180"],
      [15, 10, "7.8810"],
    ],
  ],
  [
    "esim-asia",
    "Japan",
    "JP",
    [
      [1, 7, "2.2205"],
      [10, 30, "14.9035"],
    ],
  ],
  [
    "esim-asia",
    "India",
    "IN",
    [
      [2, 15, "5.4440"],
      [5, 30, "11.8855"],
    ],
  ],
  ["esim-asia", "Asia 20 countries", "ASIA", [[5, 30, "12.7710"]]],
  [
    "esim-americas",
    "United States",
    "US",
    [
      [1, 7, "2.6605"],
      [5, 30, "9.9120"],
      [20, 30, "27.4400"],
    ],
  ],
  ["esim-americas", "Mexico", "MX", [[3, 30, "8.3390"]]],
  [
    "esim-global",
    "Global 120 countries",
    "GLOBAL",
    [
      [1, 7, "5.1145"],
      [10, 60, "39.6630"],
    ],
  ],
];

export const esims: readonly ProductDraft[] = rows.flatMap(([category, place, country, plans]) =>
  plans.map(
    ([gigabytes, days, usdPrice]): ProductDraft => ({
      category,
      name: `eSIM ${place} ${gigabytes} GB ${days} days`,
      usdPrice,
      delivery: { shape: "esim" },
      deliveryType: "esim",
      maxQuantity: 10,
      attributes: {
        countryCode: country,
        region: place,
        dataGb: String(gigabytes),
        validityDays: String(days),
      },
      userGuide:
        "Scan the QR code under Mobile data, Add eSIM. Turn data roaming on after arrival.",
    }),
  ),
);
