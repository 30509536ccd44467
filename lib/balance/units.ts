/** Amounts as whole numbers of the last decimal that is kept, for sums that are tried by the thousand. */
const DECIMALS = 4;

/** Exact; throws for anything but decimal text of at most four decimals. */
export function toUnits(amount: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(amount);
  if (!match) throw new Error(`Not an amount that can be kept: ${amount.slice(0, 40)}`);
  const [, sign, whole = "", fraction = ""] = match;
  const size = BigInt(whole + fraction.padEnd(DECIMALS, "0"));
  return sign ? -size : size;
}

/** Decimal text without trailing zeros. */
export function fromUnits(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(DECIMALS + 1, "0");
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, "");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -DECIMALS)}${fraction && `.${fraction}`}`;
}
