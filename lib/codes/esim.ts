import { type Leaf, takeFirst, takePart } from "./code-leaves.ts";

/** What installs an eSIM. */
export type Esim = {
  /** `LPA:1$address$matchingId`, as its QR code holds it. */
  activation: string;
  address: string;
  matchingId: string;
  iccid: string | null;
  confirmationCode: string | null;
};

const ACTIVATION = /^LPA:1\$([^$\s]+)\$([^$\s]*)(?:\$\S*)?$/i;

/** Takes what belongs to an eSIM out of an entry's texts; null where there is no way to install one. */
export function takeEsim(leaves: Leaf[]): Esim | null {
  const activation = takeActivation(leaves);
  const [, address, matchingId] = ACTIVATION.exec(activation ?? "") ?? [];
  if (!activation || !address || matchingId === undefined) return null;
  // Said again by itself it is nothing new.
  while (takeFirst(leaves, ({ text }) => text === activation));
  takePart(leaves, "esimAddress", (text) => text === address);
  takePart(leaves, "esimMatchingId", (text) => text === matchingId);
  const iccid = takePart(leaves, "iccid");
  const confirmationCode = takePart(leaves, "confirmationCode");
  return { activation, address, matchingId, iccid, confirmationCode };
}

/** The activation string where there is one, with or without its prefix, or made of its two halves. */
function takeActivation(leaves: Leaf[]): string | null {
  const whole = takeFirst(leaves, ({ text }) => ACTIVATION.test(text));
  if (whole !== null) return whole;
  const isBare = (text: string) => text.startsWith("1$") && ACTIVATION.test(`LPA:${text}`);
  const bare = takePart(leaves, "esim", isBare) ?? takePart(leaves, "esimMatchingId", isBare);
  if (bare !== null) return `LPA:${bare}`;
  // Both or none is taken.
  const rest = [...leaves];
  const address = takePart(rest, "esimAddress", isHalf);
  const matchingId = takePart(rest, "esimMatchingId", isHalf);
  if (address === null || matchingId === null) return null;
  leaves.splice(0, leaves.length, ...rest);
  return `LPA:1$${address}$${matchingId}`;
}

const isHalf = (text: string): boolean => /^[^$\s]+$/.test(text);
