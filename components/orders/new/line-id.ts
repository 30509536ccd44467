/** The element of a line of the order; what is wrong with it is scrolled to. */
export const lineId = (key: string): string => `line-${key}`;
