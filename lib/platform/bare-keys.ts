import { hkdfSync } from "node:crypto";

/** What an outside key sealed with (`v1`), before there were data keys. */
export const bareSealingKey = (outsideKey: Buffer): Buffer => derive(outsideKey, "keyhold seal v1");

/** What keyed the blind index then; an installation of that time goes on with it. */
export const oldIndexKey = (outsideKey: Buffer): Buffer =>
  derive(outsideKey, "keyhold blind index v1");

/** What an outside key wraps data keys with. */
export const wrappingKey = (outsideKey: Buffer): Buffer => derive(outsideKey, "keyhold wrap v1");

function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key, "", purpose, 32));
}
