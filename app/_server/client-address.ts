/**
 * The address a request came from: the last entry, which `believe-proxies.ts` has put there. Where that doesn't
 * run (another host's own server), it is what the proxy before it added. Earlier ones are the client's word only.
 */
export function clientAddress(forwardedFor: string | null | undefined): string | null {
  return forwardedFor?.split(",").at(-1)?.trim().slice(0, 64) || null;
}
