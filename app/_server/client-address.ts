/**
 * The address a request came from: the last entry, which our own proxy added. Earlier ones are the
 * client's word only.
 */
export function clientAddress(forwardedFor: string | null | undefined): string | null {
  return forwardedFor?.split(",").at(-1)?.trim().slice(0, 64) || null;
}
