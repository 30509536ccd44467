/** How an order can end, and in which colour that is drawn; its words are `overview.trends.outcome.*`. */
export const outcomes = [
  { key: "completed", colour: "var(--color-done-solid)" },
  { key: "partial", colour: "var(--color-look-solid)" },
  { key: "failed", colour: "var(--color-risk-solid)" },
  { key: "cancelled", colour: "var(--color-ink-3)" },
  { key: "refunded", colour: "var(--color-line-strong)" },
] as const;
