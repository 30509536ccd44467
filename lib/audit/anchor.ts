import type { ChainEnd } from "./verify-chain.ts";

/** An end of the chain in one word, as it stands in the log and in mails: `number:hash`. */
export const writeAnchor = ({ seq, hash }: ChainEnd): string =>
  `${seq}:${Buffer.from(hash).toString("hex")}`;

/** The other way round; null where it is no such word. */
export function readAnchor(text: string): ChainEnd | null {
  const [, seq, hash] = /^([1-9][0-9]{0,18}):([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  return seq && hash ? { seq, hash: Buffer.from(hash, "hex") } : null;
}
