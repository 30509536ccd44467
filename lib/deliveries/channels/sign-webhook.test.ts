import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { describe, expect, test } from "vitest";
import { exampleMessage } from "../testing/example-message.ts";
import { signWebhook } from "./sign-webhook.ts";

const NEW = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const OLD = `whsec_${Buffer.alloc(24, 9).toString("base64")}`;
const OTHER = `whsec_${Buffer.alloc(32, 8).toString("base64")}`;

type Headers = Record<string, string>;
type Verifier = { verify(body: Buffer, headers: Headers): unknown };
const verifiers = (secret: string): [string, Verifier][] => [
  ["standardwebhooks", new StandardWebhook(secret)],
  ["svix", new SvixWebhook(secret)],
];

/** As svix' headers too, which its library also reads. */
const isAccepted = (verifier: Verifier, body: Buffer, headers: Headers): boolean => {
  try {
    verifier.verify(body, headers);
    return true;
  } catch {
    return false;
  }
};

test("signs as Standard Webhooks 1.0 says", () => {
  const at = new Date(1_614_265_330_000);
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const message = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", body: '{"test": 2432232314}' };
  const signed = signWebhook(message, at, [secret]);
  expect(signed).toEqual({
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
  expect(signed["webhook-signature"]).toBe(
    new StandardWebhook(secret).sign(message.id, at, message.body),
  );
});

describe.each(["{}", exampleMessage().body, '{"name":"बिजली, 東京, ü, 😀"}'])("%s", (body) => {
  const message = { id: "019aa000-0000-7000-8000-0000000000e1", body };

  test("is accepted by both libraries, with either secret while there are two", () => {
    const headers = signWebhook(message, new Date(), [NEW, OLD]);
    for (const secret of [NEW, OLD]) {
      for (const [, verifier] of verifiers(secret)) {
        expect(verifier.verify(Buffer.from(body), headers)).toEqual(JSON.parse(body));
      }
    }
    for (const [, verifier] of verifiers(OTHER)) {
      expect(isAccepted(verifier, Buffer.from(body), headers)).toBe(false);
    }
  });

  test("an hour later the same message is signed anew, under the same id", () => {
    const now = Date.now();
    const first = signWebhook(message, new Date(now - 3_600_000), [NEW]);
    const later = signWebhook(message, new Date(now), [NEW]);
    expect(later["webhook-id"]).toBe(first["webhook-id"]);
    for (const [, verifier] of verifiers(NEW)) {
      expect(isAccepted(verifier, Buffer.from(body), first)).toBe(false);
      expect(isAccepted(verifier, Buffer.from(body), later)).toBe(true);
    }
  });
});

test("none of 10,000 mutants is accepted by either library", () => {
  const { id, body } = exampleMessage();
  const genuine = {
    body: Buffer.from(body),
    headers: signWebhook({ id, body }, new Date(), [NEW]) as Headers,
  };
  const foreign = signWebhook({ id, body }, new Date(), [OTHER]) as Headers;
  const parts = ["body", ...Object.keys(genuine.headers)];
  const accepted: string[] = [];
  for (const [, verifier] of verifiers(NEW)) {
    expect(isAccepted(verifier, genuine.body, genuine.headers)).toBe(true);
  }
  for (let index = 0; index < 10_000; index += 1) {
    // Half of them in the body, where most of the bytes are.
    const part = index % 2 === 0 ? "body" : (parts[chance(parts.length)] ?? "body");
    const bytes = part === "body" ? genuine.body : Buffer.from(genuine.headers[part] ?? "");
    // The libraries read `+1763…` as 1763…, and check the signature of that: another spelling, not another time.
    const way = part === "webhook-timestamp" ? 0 : index;
    const [how, mutated] = mutate(bytes, way);
    const headers =
      part === "body" ? genuine.headers : { ...genuine.headers, [part]: mutated.toString() };
    const mutantBody = part === "body" ? mutated : genuine.body;
    for (const [name, verifier] of verifiers(NEW)) {
      if (isAccepted(verifier, mutantBody, headers)) accepted.push(`${name}: ${part}, ${how}`);
    }
  }
  expect(accepted).toEqual([]);

  for (const [, verifier] of verifiers(NEW)) {
    expect(isAccepted(verifier, genuine.body, foreign)).toBe(false);
    for (const name of Object.keys(genuine.headers)) {
      const { [name]: _, ...rest } = genuine.headers;
      expect(isAccepted(verifier, genuine.body, rest)).toBe(false);
    }
  }
}, 60_000);

/** One bit turned, one byte put in, taken out or doubled, two exchanged, or the rest cut off. */
function mutate(bytes: Buffer, index: number): [string, Buffer] {
  const at = chance(bytes.length);
  const head = bytes.subarray(0, at);
  const tail = bytes.subarray(at);
  const byte = Buffer.from([33 + chance(90)]);
  const ways: [string, () => Buffer][] = [
    ["a bit turned", () => turnBit(bytes, at, chance(8))],
    ["a byte put in", () => Buffer.concat([head, byte, tail])],
    ["a byte taken out", () => Buffer.concat([head, tail.subarray(1)])],
    ["the rest cut off", () => Buffer.from(head)],
    ["two exchanged", () => exchange(bytes, at)],
  ];
  const [how, make] = ways[index % ways.length] ?? ["a bit turned", () => turnBit(bytes, at, 0)];
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

let state = 0x2545f491;
/** xorshift: the same mutants in each run. */
function chance(below: number): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
}
