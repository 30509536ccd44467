/** Steps between the quantiles that are kept of a product. */
export const QUANTILE_STEPS = 32;

/** The quantiles 0, 1/32, ... 1 of some times, as `percentile_cont` of PostgreSQL has them. Pure. */
export function quantilesOf(times: readonly number[]): number[] {
  const sorted = times.toSorted((left, right) => left - right);
  return Array.from({ length: QUANTILE_STEPS + 1 }, (_, step) => {
    const place = ((sorted.length - 1) * step) / QUANTILE_STEPS;
    const before = sorted[Math.floor(place)] ?? 0;
    const after = sorted[Math.ceil(place)] ?? before;
    return Math.round(before + (after - before) * (place % 1));
  });
}
