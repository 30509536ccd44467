import { Secret, TOTP } from "otpauth";
import { encode } from "uqr";

const PERIOD_SECONDS = 30;
/** 160 bits, as RFC 4226 recommends. */
const SECRET_BYTES = 20;
/** A clock may be off by so many steps, and a person types for a while. */
const WINDOW = 1;

export type TotpOffer = {
  /** In base32, in groups of four: to be typed where nothing can be scanned. */
  secret: string;
  uri: string;
  qr: QrCode;
};

/** The dark squares as the path of an SVG that is `size` squares wide. */
export type QrCode = { size: number; path: string };

export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

export function totpOffer(secret: string, email: string): TotpOffer {
  const uri = totpOf(secret, email).toString();
  return { secret: secret.replace(/.{4}(?=.)/g, "$& "), uri, qr: qrOf(uri) };
}

/** The time step that a code is of, or null where it is of none that counts now. */
export function stepOfCode(secret: string, code: string, now: Date): bigint | null {
  const token = code.replace(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const timestamp = now.getTime();
  const delta = totpOf(secret, "").validate({ token, timestamp, window: WINDOW });
  return delta === null
    ? null
    : BigInt(TOTP.counter({ period: PERIOD_SECONDS, timestamp }) + delta);
}

const totpOf = (secret: string, label: string): TOTP =>
  new TOTP({ issuer: "Keyhold", label, secret, period: PERIOD_SECONDS });

function qrOf(text: string): QrCode {
  const { size, data } = encode(text, { ecc: "M", border: 2 });
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return { size, path };
}
