import { createHash } from "node:crypto";

/** A name for one draw: the same parts always give the same number. */
export type DrawName = readonly (string | number)[];

/** A number in [0, 1) that depends only on its name, so nothing has to remember a generator's state. */
export function draw(...name: DrawName): number {
  return createHash("sha256").update(name.join("|")).digest().readUIntBE(0, 6) / 2 ** 48;
}

/** An integer between `min` and `max`, both included. */
export function drawBetween(min: number, max: number, ...name: DrawName): number {
  return min + Math.floor(draw(...name) * (max - min + 1));
}

/** `count` bytes that depend only on their name. */
export function drawBytes(count: number, ...name: DrawName): Uint8Array {
  const blocks: Buffer[] = [];
  for (let block = 0; block * 32 < count; block++) {
    blocks.push(
      createHash("sha256")
        .update([...name, block].join("|"))
        .digest(),
    );
  }
  return new Uint8Array(Buffer.concat(blocks).subarray(0, count));
}

/** Text of `length` characters taken from `alphabet`. */
export function drawText(length: number, alphabet: string, ...name: DrawName): string {
  // Two bytes a character keep the bias below one in a thousand for any alphabet in use here.
  const bytes = Buffer.from(drawBytes(length * 2, ...name));
  let text = "";
  for (let position = 0; position < length; position++) {
    text += alphabet[bytes.readUInt16BE(position * 2) % alphabet.length] ?? "";
  }
  return text;
}
