import { BlockList, isIP } from "node:net";

/** An address, or all that begin with the same bits: `203.0.113.7`, `10.0.0.0/8`, `2001:db8::/32`. */
export type Net = { address: string; bits: number; family: "ipv4" | "ipv6" };

/** Null for what is none, or names an interface (`%eth0`). */
export function parseNet(text: string): Net | null {
  const [address = "", length, ...more] = text.split("/");
  if (more.length > 0 || address.includes("%")) return null;
  const plain = unmapped(address);
  const version = isIP(plain);
  if (version === 0) return null;
  const longest = version === 4 ? 32 : 128;
  const wrapped = plain !== address ? 96 : 0;
  if (length === undefined) return { address: plain, bits: longest, family: familyOf(version) };
  if (!/^\d{1,3}$/.test(length)) return null;
  const bits = Number(length) - wrapped;
  return bits >= 0 && bits <= longest ? { address: plain, bits, family: familyOf(version) } : null;
}

/**
 * Whether an address, as a proxy wrote it down, is in one of the nets. An IPv4 address that came wrapped in
 * an IPv6 one (`::ffff:203.0.113.7`) is the IPv4 address. What is no address is in no net.
 */
export function isInNets(address: string | null, nets: readonly string[]): boolean {
  const host = unmapped(withoutPort(address ?? ""));
  const version = isIP(host);
  if (version === 0 || host.includes("%")) return false;
  const list = new BlockList();
  for (const net of nets.map(parseNet)) {
    if (net) list.addSubnet(net.address, net.bits, net.family);
  }
  return list.check(host, familyOf(version));
}

/** Whether one of the nets holds all of this one; not where only several do together. */
export function isNetWithin(net: string, nets: readonly string[]): boolean {
  const inner = parseNet(net);
  if (!inner) return false;
  return nets.some((each) => {
    const outer = parseNet(each);
    const isAsWide = outer?.family === inner.family && outer.bits <= inner.bits;
    return isAsWide && isInNets(inner.address, [each]);
  });
}

const familyOf = (version: number): Net["family"] => (version === 4 ? "ipv4" : "ipv6");

/** Some proxies write `203.0.113.7:51234` or `[2001:db8::1]:51234`. */
function withoutPort(text: string): string {
  return /^\[(.*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
}

/** `::ffff:1.2.3.4`, however it is written, is 1.2.3.4. */
function unmapped(address: string): string {
  if (isIP(address) !== 6 || address.includes("%")) return address;
  const groups = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const words = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(groups);
  if (!words) return address;
  return words
    .slice(1)
    .map((word) => Number.parseInt(word, 16))
    .flatMap((word) => [word >> 8, word & 255])
    .join(".");
}
