import { isIPv4, isIPv6 } from "node:net";

const V6_GROUPS = 8;
const PREFIX_GROUPS = 4;

/**
 * What sign-in counts as one address: an IPv4 address, or the /64 that an IPv6 customer has to himself.
 * `unknown` for whatever is no address.
 */
export function addressPrefix(address: string | null): string {
  const host = withoutPort(address ?? "");
  if (isIPv4(host)) return host;
  if (!isIPv6(host)) return "unknown";
  const mapped = /^::ffff:([\d.]+)$/i.exec(host)?.[1];
  return mapped ?? `${groupsOf(host).slice(0, PREFIX_GROUPS).join(":")}::/64`;
}

/** Some proxies write `203.0.113.7:51234` or `[2001:db8::1]:51234`. */
function withoutPort(text: string): string {
  return /^\[(.*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
}

function groupsOf(address: string): string[] {
  const [head = "", tail] = address.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  // What the double colon stands for; the groups after it lie beyond the prefix, or are zeros.
  const right = tail ? tail.split(":") : [];
  const zeros = Array.from({ length: V6_GROUPS - left.length - right.length }, () => "0");
  const groups = tail === undefined ? left : [...left, ...zeros, ...right];
  return groups.map((group) => group.replace(/^0+(?=.)/, ""));
}
