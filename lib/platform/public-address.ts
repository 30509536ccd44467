import { isIP } from "node:net";

/**
 * `own_network` is what an operator may have services at: this machine, private networks, and the shared space that
 * VPNs number theirs from. Whatever else isn't public is `special`, among it link-local addresses, where clouds
 * keep the credentials of their machines, and all that wraps another address.
 */
export type AddressKind = "public" | "own_network" | "special";

/**
 * From IANA's registries of special-purpose addresses, read in November 2026; those that are "globally reachable"
 * (AS112, AMT) too, since nobody's webhook is there.
 */
const SPECIAL_4 = [
  "0.0.0.0/8", // this network
  "169.254.0.0/16", // link-local
  "192.0.0.0/24", // protocol assignments
  "192.0.2.0/24", // documentation
  "192.31.196.0/24", // AS112
  "192.52.193.0/24", // AMT
  "192.88.99.0/24", // 6to4 relay
  "192.175.48.0/24", // AS112
  "198.18.0.0/15", // benchmarking
  "198.51.100.0/24", // documentation
  "203.0.113.0/24", // documentation
  "224.0.0.0/4", // multicast
  "240.0.0.0/4", // reserved, and broadcast
].map(toRange);

const OWN_4 = ["10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(
  toRange,
);

/** Only these are given out; within them, what `SPECIAL_6` says is set aside. */
const GLOBAL_6 = toRange("2000::/3");

const SPECIAL_6 = [
  "2001::/23", // protocol assignments: Teredo, ORCHID, benchmarking, AMT, AS112
  "2001:db8::/32", // documentation
  "2002::/16", // 6to4
  "2620:4f:8000::/48", // AS112
  "3fff::/20", // documentation
].map(toRange);

const OWN_6 = ["::1/128", "fc00::/7"].map(toRange);

/** Of an address as text, without brackets; null where the text is none, or names an interface (`%eth0`). */
export function addressKind(text: string): AddressKind | null {
  const words = toWords(text);
  if (words === null) return null;
  const isIn = (range: Range): boolean => within(words, range);
  if (words.length === 2) {
    if (OWN_4.some(isIn)) return "own_network";
    return SPECIAL_4.some(isIn) ? "special" : "public";
  }
  if (OWN_6.some(isIn)) return "own_network";
  return isIn(GLOBAL_6) && !SPECIAL_6.some(isIn) ? "public" : "special";
}

/** Whether two texts are one address. */
export function isSameAddress(one: string, other: string): boolean {
  const words = toWords(one);
  return words !== null && words.join() === toWords(other)?.join();
}

type Range = { words: number[]; bits: number };

function toRange(text: string): Range {
  const [address = "", bits] = text.split("/");
  return { words: toWords(address) ?? [], bits: Number(bits) };
}

function within(words: number[], range: Range): boolean {
  return range.words.every((word, index) => {
    const shift = 16 - Math.min(16, Math.max(0, range.bits - index * 16));
    return word >> shift === (words[index] ?? 0) >> shift;
  });
}

/** 16 bits each: two words are an IPv4 address, eight an IPv6 one. */
function toWords(text: string): number[] | null {
  const version = isIP(text);
  if (version === 0 || text.includes("%")) return null;
  if (version === 4) return wordsOfFour(text);
  const [head = "", tail] = text.split("::");
  const before = groups(head);
  if (tail === undefined) return before;
  const after = groups(tail);
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function groups(text: string): number[] {
  if (text === "") return [];
  return text
    .split(":")
    .flatMap((group) => (group.includes(".") ? wordsOfFour(group) : Number.parseInt(group, 16)));
}

function wordsOfFour(text: string): number[] {
  const [a = 0, b = 0, c = 0, d = 0] = text.split(".").map(Number);
  return [a * 256 + b, c * 256 + d];
}
