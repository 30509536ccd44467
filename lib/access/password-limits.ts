/** In characters. Longer ones would only cost time to hash. */
export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 1_000;
