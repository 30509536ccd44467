import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { isIP } from "node:net";

export type SelfSigned = { key: string; cert: string };

/** A certificate for names and IPv4 addresses that only its own test trusts, valid for a day (DER by hand: X.509 v3). */
export function selfSigned(names: string[]): SelfSigned {
  const pair = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const issuer = sequence(set(sequence(oid(COMMON_NAME), tagged(0x0c, Buffer.from("a test")))));
  const hourMs = 3_600_000;
  const facts = sequence(
    tagged(0xa0, integer(2)),
    integer(1),
    sequence(oid(ECDSA_SHA256)),
    issuer,
    sequence(time(Date.now() - hourMs), time(Date.now() + 24 * hourMs)),
    issuer,
    pair.publicKey,
    tagged(
      0xa3,
      sequence(
        extension(BASIC_CONSTRAINTS, sequence(tagged(0x01, Buffer.from([0xff])))),
        extension(ALTERNATIVE_NAMES, sequence(...names.map(alternativeName))),
      ),
    ),
  );
  const key: KeyObject = createPrivateKey(pair.privateKey);
  const signature = tagged(0x03, Buffer.concat([Buffer.from([0]), sign("sha256", facts, key)]));
  const whole = sequence(facts, sequence(oid(ECDSA_SHA256)), signature).toString("base64");
  const lines = whole.replace(/.{1,64}/g, "$&\n");
  return {
    key: pair.privateKey,
    cert: `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`,
  };
}

const COMMON_NAME = [0x55, 0x04, 0x03];
const BASIC_CONSTRAINTS = [0x55, 0x1d, 0x13];
const ALTERNATIVE_NAMES = [0x55, 0x1d, 0x11];
const ECDSA_SHA256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];

function tagged(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...contents: Buffer[]): Buffer => tagged(0x30, ...contents);
const set = (...contents: Buffer[]): Buffer => tagged(0x31, ...contents);
const integer = (value: number): Buffer => tagged(0x02, Buffer.from([value]));
const oid = (bytes: number[]): Buffer => tagged(0x06, Buffer.from(bytes));
const extension = (id: number[], value: Buffer): Buffer => sequence(oid(id), tagged(0x04, value));

const alternativeName = (name: string): Buffer =>
  isIP(name) === 4
    ? tagged(0x87, Buffer.from(name.split(".").map(Number)))
    : tagged(0x82, Buffer.from(name));

/** UTCTime: `YYMMDDhhmmssZ`. */
const time = (atMs: number): Buffer =>
  tagged(
    0x17,
    Buffer.from(
      `${new Date(atMs)
        .toISOString()
        .replace(/[-:T]|\.\d+/g, "")
        .slice(2)}`,
    ),
  );
