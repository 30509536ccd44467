/** A signed message, changed in all the ways in which one byte or a little more can be. */

export type Message = { raw: Buffer; headers: Record<string, string> };

/** @param inBody half of them; the others in the headers */
export function* makeMutants(
  genuine: Message,
  count: number,
  inBody: boolean,
): Generator<Message & { what: string }> {
  const names = Object.keys(genuine.headers);
  const chance = chanceFrom(0x2545f491);
  for (let index = 0; index < count; index += 1) {
    const name = inBody && index % 2 === 0 ? null : (names[chance(names.length)] ?? null);
    const bytes = name === null ? genuine.raw : Buffer.from(genuine.headers[name] ?? "", "latin1");
    const [how, mutated] = mutate(bytes, index >> 1, chance);
    yield name === null
      ? { what: `body, ${how}`, raw: mutated, headers: genuine.headers }
      : {
          what: `${name}, ${how}: ${mutated.toString("latin1")}`,
          raw: genuine.raw,
          headers: { ...genuine.headers, [name]: mutated.toString("latin1") },
        };
  }
}

type Chance = (below: number) => number;

/** One bit turned, one byte put in or taken out, two exchanged, or the rest cut off. */
function mutate(bytes: Buffer, way: number, chance: Chance): [string, Buffer] {
  const at = chance(bytes.length);
  const head = bytes.subarray(0, at);
  const tail = bytes.subarray(at);
  const turned = () => turnBit(bytes, at, chance(7));
  const ways: [string, () => Buffer][] = [
    ["a bit turned", turned],
    ["a byte put in", () => Buffer.concat([head, Buffer.from([33 + chance(90)]), tail])],
    ["a byte taken out", () => Buffer.concat([head, tail.subarray(1)])],
    ["the rest cut off", () => Buffer.from(head)],
    ["two exchanged", () => exchange(bytes, at)],
  ];
  const [how, make] = ways[way % ways.length] ?? ["a bit turned", turned];
  const mutated = make();
  // What changes nothing is no mutant.
  return mutated.equals(bytes) ? [`${how} (bit)`, turnBit(bytes, at, 0)] : [how, mutated];
}

function turnBit(bytes: Buffer, at: number, bit: number): Buffer {
  const turned = Buffer.from(bytes);
  turned[at] = (turned[at] ?? 0) ^ (1 << bit);
  return turned;
}

function exchange(bytes: Buffer, at: number): Buffer {
  const exchanged = Buffer.from(bytes);
  const other = (at + 1) % bytes.length;
  exchanged[at] = bytes[other] ?? 0;
  exchanged[other] = bytes[at] ?? 0;
  return exchanged;
}

/** The same sequence at every run (xorshift). */
function chanceFrom(seed: number): Chance {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
