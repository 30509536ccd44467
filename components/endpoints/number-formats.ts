export const percent = { style: "percent", maximumFractionDigits: 1 } as const;
