/** How drawings look, in both themes. */
export const chartAxis = { stroke: "var(--color-ink-3)", fontSize: 11, tickLine: false } as const;

export const chartMargin = { top: 8, right: 8, bottom: 0, left: 0 };

export const chartBaseline = { stroke: "var(--color-line-strong)" } as const;

export const chartTooltip = {
  isAnimationActive: false,
  cursor: { fill: "var(--color-hover)", stroke: "var(--color-line-strong)" },
  contentStyle: {
    background: "var(--color-raised)",
    border: "1px solid var(--color-line-strong)",
    borderRadius: 6,
    fontSize: 12,
    padding: "6px 10px",
  },
  labelStyle: { color: "var(--color-ink-2)" },
  itemStyle: { color: "var(--color-ink)", padding: 0 },
} as const;
