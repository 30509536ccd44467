export const percent = { style: "percent", maximumFractionDigits: 0 } as const;
export const oneDigit = { maximumFractionDigits: 1 } as const;
