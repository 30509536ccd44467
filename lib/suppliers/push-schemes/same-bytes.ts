import { timingSafeEqual } from "node:crypto";

/** In a time that tells nothing but of their lengths, which a scheme makes no secret of. */
export const sameBytes = (given: Buffer, expected: Buffer): boolean =>
  given.length === expected.length && timingSafeEqual(given, expected);
