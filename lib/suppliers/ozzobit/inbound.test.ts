import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { signedMessage } from "../../../simulator/ozzobit/webhook.ts";
import { ozzobitConfig } from "./config.ts";
import { ozzobitInbound } from "./inbound.ts";

const SECRET = "whsec_a-secret-of-more-than-thirty-two-characters";
const NOW = new Date("2026-03-01T12:00:00Z");
const CONTENT = {
  eventName: "ORDER_COMPLETED",
  data: { id: "oz-1", partnerOrderId: "ours-1", status: "COMPLETED", note: "naïve ☕ \u2028" },
  timestamp: "2026-03-01T11:59:00Z",
};
const FORMS = ["plain", "aes", "aes-payload"] as const;
type Form = (typeof FORMS)[number];

const config = ozzobitConfig.parse({});

function message(form: Form, secret = SECRET, content: unknown = CONTENT) {
  const { body, headers } = signedMessage(content, secret, { form, wrongSignature: false });
  return { raw: Buffer.from(body), signature: headers["x-OZZOBiT-signature"] ?? "" };
}

const headersOf = (signature: string | null) => ({
  get: (name: string) => (name === "x-ozzobit-signature" ? signature : null),
});

const verify = (raw: Buffer, signature: string | null, secrets = [SECRET], now = NOW) =>
  ozzobitInbound(config, secrets).verify(raw, headersOf(signature), now);

test.each([
  ["plain", "ozzobit-plain"],
  ["aes", "ozzobit-aes"],
  ["aes-payload", "ozzobit-aes-payload"],
] as const)("%s is taken, and the order in it is a hint", (form, scheme) => {
  const { raw, signature } = message(form);
  const inbound = ozzobitInbound(config, [SECRET]);
  expect(inbound.verify(raw, headersOf(signature), NOW)).toEqual({
    kind: "verified",
    scheme,
    messageId: null,
  });
  expect(inbound.read(raw)).toEqual({
    kind: "order",
    event: "ORDER_COMPLETED",
    eventId: null,
    reference: "ours-1",
    supplierOrderId: "oz-1",
    at: new Date("2026-03-01T11:59:00Z"),
    order: null,
    status: "COMPLETED",
  });
});

test("the body is taken as it came: odd spaces, capitals of the digest, a bare payload", () => {
  const spaced = Buffer.from(` \r\n${JSON.stringify(CONTENT, null, 3)}\n\t`);
  const digest = createHmac("sha256", SECRET).update(spaced).digest("hex");
  expect(verify(spaced, digest).kind).toBe("verified");
  expect(verify(spaced, digest.toUpperCase()).kind).toBe("verified");

  const { payload } = JSON.parse(message("aes").raw.toString()) as { payload: string };
  for (const body of [payload, `"${payload}"`, `{"anything":"${payload}","n":1}`]) {
    const raw = Buffer.from(body);
    const inbound = ozzobitInbound(config, [SECRET]);
    const signature = createHmac("sha256", SECRET).update(payload).digest("hex");
    expect(inbound.verify(raw, headersOf(signature), NOW).kind).toBe("verified");
    expect(inbound.read(raw)).toMatchObject({ kind: "order", supplierOrderId: "oz-1" });
  }
});

test.each(["short", "x".repeat(32), "y".repeat(60), "ключ"])(
  "a secret of any length opens what the other side sealed: %s",
  (secret) => {
    const { raw, signature } = message("aes", secret);
    const inbound = ozzobitInbound(config, [secret]);
    expect(inbound.verify(raw, headersOf(signature), NOW).kind).toBe("verified");
    expect(inbound.read(raw).kind).toBe("order");
  },
);

test("an old secret and a new one both count, an empty one never", () => {
  for (const form of FORMS) {
    const { raw, signature } = message(form);
    const inbound = ozzobitInbound(config, ["another-secret-altogether", SECRET]);
    expect(inbound.verify(raw, headersOf(signature), NOW).kind).toBe("verified");
    expect(inbound.read(raw).kind).toBe("order");
  }
  const empty = createHmac("sha256", "").update("{}").digest("hex");
  expect(verify(Buffer.from("{}"), empty, [""])).toEqual({ kind: "refused", why: "no_secret" });
  expect(verify(Buffer.from("{}"), empty, [])).toEqual({ kind: "refused", why: "no_secret" });
});

test("unsigned, wrongly signed and old ones are refused", () => {
  const { raw, signature } = message("plain");
  expect(verify(raw, null)).toEqual({ kind: "refused", why: "unsigned" });
  expect(verify(raw, signature, ["wrong"])).toEqual({ kind: "refused", why: "bad_signature" });
  const late = new Date(NOW.getTime() + 25 * 60 * 60_000);
  for (const form of FORMS) {
    const sent = message(form);
    expect(verify(sent.raw, sent.signature, [SECRET], late)).toEqual({
      kind: "refused",
      why: "too_old",
    });
  }
});

test("nobody can put a payload that was signed once beside an event of his own", () => {
  const { raw, signature } = message("aes-payload");
  const { payload } = JSON.parse(raw.toString()) as { payload: string };
  const forged = { eventName: "ORDER_COMPLETED", data: { id: "another" }, payload };
  expect(verify(Buffer.from(JSON.stringify(forged)), signature)).toEqual({
    kind: "refused",
    why: "bad_signature",
  });
});

test("a form that is switched off is refused", () => {
  const plain = ozzobitInbound({ webhookForms: ["plain"] }, [SECRET]);
  const sealed = ozzobitInbound({ webhookForms: ["encrypted"] }, [SECRET]);
  const [one, two] = [message("plain"), message("aes")];
  const at = (inbound: typeof plain, sent: typeof one) =>
    inbound.verify(sent.raw, headersOf(sent.signature), NOW).kind;
  expect([at(plain, one), at(plain, two)]).toEqual(["verified", "refused"]);
  expect([at(sealed, one), at(sealed, two)]).toEqual(["refused", "verified"]);
});

test("10,000 messages with one bit turned: none is taken for another's news", () => {
  let random = 7;
  const next = (below: number) => {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
    return random % below;
  };
  const inbound = ozzobitInbound(config, [SECRET]);
  let taken = 0;
  for (let at = 0; at < 10_000; at++) {
    const { raw, signature } = message(FORMS[at % 3] ?? "plain");
    const mutant = Buffer.from(raw);
    const place = next(mutant.length);
    mutant[place] = (mutant[place] ?? 0) ^ (1 << next(8));
    const verdict = inbound.verify(mutant, headersOf(signature), NOW);
    if (verdict.kind !== "verified") continue;
    // Only what stands around a signed payload can change, and that says nothing.
    taken++;
    expect(verdict.scheme).toBe("ozzobit-aes-payload");
    expect(inbound.read(mutant)).toEqual(inbound.read(raw));
  }
  expect(taken).toBeLessThan(1_500);
});

test("what isn't about orders is nothing, what can't be understood says so", () => {
  const read = (content: unknown) =>
    ozzobitInbound(config, [SECRET]).read(Buffer.from(JSON.stringify(content)));
  expect(read({ eventName: "KYC_APPROVED", data: { id: "person-1" } })).toMatchObject({
    kind: "nothing",
  });
  expect(read({ eventName: "SOMETHING_ELSE", data: {} })).toMatchObject({ kind: "nothing" });
  expect(read({ eventName: "NEW_STEP", data: { id: "oz-1" } })).toMatchObject({ kind: "order" });
  expect(read({ eventName: "ORDER_FAILED", data: {} })).toMatchObject({ kind: "unreadable" });
  expect(read({ eventName: "ORDER_FAILED", data: "no" })).toMatchObject({ kind: "unreadable" });
  expect(read({ eventName: 7 })).toMatchObject({ kind: "unreadable" });
  for (const junk of ["", "{", "[]", "null", "7", '"text"', '{"payload":"AAAA"}', "\u0000"]) {
    expect(ozzobitInbound(config, [SECRET]).read(Buffer.from(junk)).kind).toBe("unreadable");
  }
});
