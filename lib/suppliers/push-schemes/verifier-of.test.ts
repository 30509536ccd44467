import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { describe, expect, it, test } from "vitest";
import { makeMutants } from "./mutants.fixture.ts";
import { type PushScheme, pushScheme } from "./push-scheme.ts";
import { verifierOf } from "./verifier-of.ts";

const NOW = new Date("2026-11-22T08:00:00Z");
const NEW = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const OLD = `whsec_${Buffer.alloc(24, 9).toString("base64")}`;
const OTHER = `whsec_${Buffer.alloc(32, 8).toString("base64")}`;
const keys = [1, 2, 3].map(() => generateKeyPairSync("rsa", { modulusLength: 2048 }));
const pemOf = (index: number) =>
  String(keys[index]?.publicKey.export({ type: "spki", format: "pem" }));

const inBase64 = (text: string) => Buffer.from(text).toString("base64");
function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

/** Odd whitespace, other scripts, an escape, a byte that is no UTF-8. */
const BODIES = [
  Buffer.from("{}"),
  Buffer.from('{\r\n\t"event" :  "order.fulfilled",\n"name":"बिजली, 東京, ü, 😀 \\u0928" }\n \n'),
  Buffer.concat([Buffer.from('{"note":"'), Buffer.from([0xff, 0xfe, 0x00]), Buffer.from('"}')]),
  Buffer.alloc(0),
];

type Sent = Record<string, string>;
type Case = {
  name: string;
  scheme: PushScheme;
  /** The one in use, the one before it, one of somebody else's. */
  secrets: [string, string, string];
  sign(raw: Buffer, secret: string, at: Date): Sent;
};

const hmac = (raw: Buffer, secret: string, encoding: "hex" | "base64") =>
  createHmac("sha256", secret).update(raw).digest(encoding);
const seconds = (at: Date) => String(Math.floor(at.getTime() / 1000));

/** What the library itself signs; it takes text only. */
const standard = (prefix: string, sign: (text: string, secret: string, at: Date) => string) =>
  ((raw, secret, at) => ({
    [`${prefix}-id`]: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    [`${prefix}-timestamp`]: seconds(at),
    [`${prefix}-signature`]: sign(raw.toString("utf8"), secret, at),
  })) satisfies Case["sign"];

const CASES: Case[] = [
  {
    name: "HMAC in hex with a prefix",
    scheme: pushScheme.parse({
      scheme: "hmac_sha256",
      header: "X-Signature",
      prefix: "sha256=",
    }),
    secrets: ["a secret", "the one before", "another"],
    sign: (raw, secret) => ({ "x-signature": `sha256=${hmac(raw, secret, "hex")}` }),
  },
  {
    name: "HMAC in hex, bare",
    scheme: pushScheme.parse({ scheme: "hmac_sha256", header: "x-fazercards-signature" }),
    secrets: ["a secret", "the one before", "another"],
    sign: (raw, secret) => ({ "x-fazercards-signature": hmac(raw, secret, "hex") }),
  },
  {
    name: "HMAC in base64",
    scheme: pushScheme.parse({
      scheme: "hmac_sha256",
      header: "x-hmac",
      encoding: "base64",
    }),
    secrets: ["a secret", "the one before", "another"],
    sign: (raw, secret) => ({ "x-hmac": hmac(raw, secret, "base64") }),
  },
  {
    name: "Standard Webhooks, by its own library",
    scheme: { scheme: "standard_webhooks" },
    secrets: [NEW, OLD, OTHER],
    sign: standard("webhook", (text, secret, at) =>
      new StandardWebhook(secret).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, text),
    ),
  },
  {
    name: "Svix, by its own library",
    scheme: { scheme: "standard_webhooks" },
    secrets: [NEW, OLD, OTHER],
    sign: standard("svix", (text, secret, at) =>
      new SvixWebhook(secret).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, text),
    ),
  },
  {
    name: "RSA",
    scheme: pushScheme.parse({ scheme: "rsa_sha256", header: "x-webhook-signature" }),
    secrets: [pemOf(0), pemOf(1), pemOf(2)],
    sign: (raw, secret) => {
      const key = keys.find((_, index) => pemOf(index) === secret);
      if (!key) throw new Error("whose key is that?");
      return {
        "x-webhook-signature": createSign("RSA-SHA256").update(raw).sign(key.privateKey, "base64"),
      };
    },
  },
  {
    name: "Stripe's",
    scheme: pushScheme.parse({ scheme: "stripe" }),
    secrets: ["whsec_one", "whsec_before", "whsec_another"],
    sign: (raw, secret, at) => {
      const signed = Buffer.concat([Buffer.from(`${seconds(at)}.`), raw]);
      return { "stripe-signature": `t=${seconds(at)},v1=${hmac(signed, secret, "hex")}` };
    },
  },
  {
    name: "a fixed secret",
    scheme: pushScheme.parse({ scheme: "fixed_secret", header: "x-event-secret" }),
    secrets: ["a secret", "the one before", "another"],
    sign: (_raw, secret) => ({ "x-event-secret": secret }),
  },
];

const isText = (raw: Buffer) => Buffer.from(raw.toString("utf8")).equals(raw);
const verify = (scheme: PushScheme, secrets: string[], raw: Buffer, headers: Sent, now = NOW) =>
  verifierOf(scheme, secrets)(raw, new Headers(headers), now);

describe.each(CASES)("$name", ({ scheme, secrets, sign }) => {
  const [current, before, foreign] = secrets;
  const byText = scheme.scheme === "standard_webhooks";

  it("verifies the very bytes, by either secret while there are two", () => {
    for (const raw of BODIES.filter((one) => !byText || isText(one))) {
      for (const secret of [current, before]) {
        const verdict = verify(scheme, [current, before], raw, sign(raw, secret, NOW));
        expect(verdict).toEqual({
          kind: "verified",
          scheme: scheme.scheme,
          messageId: byText ? "msg_p5jXN8AQM9LWM0D4loKWxJek" : null,
        });
      }
    }
  });

  it("refuses another's secret, none, and an empty one", () => {
    const raw = BODIES[1] ?? Buffer.alloc(0);
    const sent = sign(raw, foreign, NOW);
    expect(verify(scheme, [current, before], raw, sent)).toEqual({
      kind: "refused",
      why: "bad_signature",
    });
    expect(verify(scheme, [current], raw, {})).toEqual({ kind: "refused", why: "unsigned" });
    for (const none of [[], [""], ["  "]]) {
      expect(verify(scheme, none, raw, sent)).toEqual({ kind: "refused", why: "no_secret" });
    }
  });

  it("refuses each of 10,000 mutants", () => {
    const raw = BODIES[1] ?? Buffer.alloc(0);
    const accepts = verifierOf(scheme, [current, before]);
    const genuine = { raw, headers: sign(raw, current, NOW) };
    expect(accepts(raw, new Headers(genuine.headers), NOW).kind).toBe("verified");
    const accepted: string[] = [];
    // What a fixed secret says of the body is nothing.
    const inBody = scheme.scheme !== "fixed_secret";
    for (const { what, raw: body, headers } of makeMutants(genuine, 10_000, inBody)) {
      const given = { get: (name: string) => headers[name] ?? null };
      if (accepts(body, given, NOW).kind === "verified") accepted.push(what);
    }
    expect(accepted).toEqual([]);
  }, 120_000);
});

describe.each(
  CASES.filter(({ scheme }) => ["standard_webhooks", "stripe"].includes(scheme.scheme)),
)("$name signs a time", ({ scheme, secrets: [secret], sign }) => {
  const raw = Buffer.from("{}");
  it.each([
    [0, "verified"],
    [-300, "verified"],
    [300, "verified"],
    [-301, "too_old"],
    [301, "too_old"],
    [-86_400, "too_old"],
  ])("%i s off is %s", (offSeconds, expected) => {
    const at = new Date(NOW.getTime() + offSeconds * 1000);
    const verdict = verify(scheme, [secret], raw, sign(raw, secret, at));
    expect(verdict.kind === "verified" ? verdict.kind : verdict.why).toBe(expected);
  });
});

test("the vector that Stripe publishes", () => {
  // Of stripe-dotnet's own tests: EventUtilityTest.cs and Resources/event_test_signature.json, whose text is this
  // object's with two spaces and a line's end. `openssl sha256 -hmac webhook_secret` says the same of `t.payload`.
  const customer = { id: "cus_123", object: "customer", created: 123456789 };
  const event = {
    ...{ id: "evt_123", object: "event", account: "acct_123", api_version: "2017-05-25" },
    created: 1533204620,
    data: { object: { ...customer, email: "test@stripe.com", livemode: false, metadata: {} } },
    ...{ livemode: false, pending_webhooks: 1 },
    request: { id: "req_123", idempotency_key: "idempotency-key-123" },
    type: "customer.created",
  };
  const raw = Buffer.from(`${JSON.stringify(event, null, 2)}\n`);
  const [v1, v0] = [
    "2220f87ef101a04665f11cdf770523143f875572008577fa0f20882ddb9cc3c7",
    "63f3a72374a733066c4be69ed7f8e5ac85c22c9f0a6a612ab9a025a9e4ee7eef",
  ];
  const headers = { "stripe-signature": `t=1533204620,v1=${v1},v0=${v0}` };
  const scheme = pushScheme.parse({ scheme: "stripe" });
  const at = (seconds: number) => new Date(seconds * 1_000);
  const verdict = verify(scheme, ["webhook_secret"], raw, headers, at(1_533_204_720));
  expect(verdict.kind).toBe("verified");
  const late = verify(scheme, ["webhook_secret"], raw, headers, at(1_533_205_020));
  expect(late).toEqual({ kind: "refused", why: "too_old" });
});

test("the vector that Standard Webhooks publishes", () => {
  const verdict = verify(
    { scheme: "standard_webhooks" },
    ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    Buffer.from('{"test": 2432232314}'),
    {
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,bad v1a,other v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    },
    new Date(1_614_265_330_000),
  );
  expect(verdict.kind).toBe("verified");
});

test("what has another header's name, a mixture of names, or two times is refused", () => {
  const raw = Buffer.from("{}");
  const sent = CASES[3]?.sign(raw, NEW, NOW) ?? {};
  const mixed = {
    "svix-signature": sent["webhook-signature"] ?? "",
    "webhook-id": sent["webhook-id"] ?? "",
    "webhook-timestamp": sent["webhook-timestamp"] ?? "",
  };
  expect(verify({ scheme: "standard_webhooks" }, [NEW], raw, mixed).kind).toBe("refused");
  const stripe = CASES[6]?.sign(raw, "whsec_one", new Date(NOW.getTime() - 3_600_000)) ?? {};
  const old = {
    "stripe-signature": `${CASES[6]?.sign(raw, "whsec_one", NOW)["stripe-signature"]},v0=00`,
  };
  expect(verify(pushScheme.parse({ scheme: "stripe" }), ["whsec_one"], raw, old).kind).toBe(
    "verified",
  );
  const twice = { "stripe-signature": `t=${seconds(NOW)},${stripe["stripe-signature"]}` };
  expect(verify(pushScheme.parse({ scheme: "stripe" }), ["whsec_one"], raw, twice).kind).toBe(
    "refused",
  );
});

test("as short a key as a supplier is known to have proves his messages", () => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const raw = Buffer.from('{"event":"order.fulfilled"}');
  const signature = createSign("RSA-SHA256").update(raw).sign(privateKey, "base64");
  const scheme = pushScheme.parse({ scheme: "rsa_sha256", header: "x-webhook-signature" });
  const pem = String(publicKey.export({ type: "spki", format: "pem" }));
  expect(verify(scheme, [pem], raw, { "x-webhook-signature": signature }).kind).toBe("verified");
});

test("a public key that was kept for another scheme is no secret of this one", () => {
  const raw = Buffer.from('{"event":"order.fulfilled"}');
  const der = keys[0]?.publicKey.export({ type: "spki", format: "der" }).toString("base64") ?? "";
  const shared = CASES.filter(({ scheme }) => scheme.scheme !== "rsa_sha256");
  expect(shared.length).toBeGreaterThan(4);
  let refused = 0;
  for (const { scheme, sign, secrets } of shared) {
    for (const known of [pemOf(0), pemOf(0).trim(), inBase64(pemOf(0)), der]) {
      // Not every library takes such a secret, and not every header holds one.
      const verdict = attempt(() => verify(scheme, [known], raw, sign(raw, known, NOW)));
      if (verdict) expect(verdict).toEqual({ kind: "refused", why: "no_secret" });
      if (verdict) refused += 1;
      const genuine = sign(raw, secrets[0], NOW);
      expect(verify(scheme, [secrets[0], known], raw, genuine).kind).toBe("verified");
    }
  }
  expect(refused).toBeGreaterThan(10);
});

test("keys: PEM, base64 of it, DER; a private, a short or another kind of key is none", () => {
  const raw = Buffer.from("{}");
  const rsa = CASES[5];
  if (!rsa) throw new Error("no RSA");
  const sent = rsa.sign(raw, pemOf(0), NOW);
  const der = keys[0]?.publicKey.export({ type: "spki", format: "der" }).toString("base64") ?? "";
  const list = `${pemOf(2)}\n${pemOf(0)}`;
  const windows = `Our key:\r\n${pemOf(0).replaceAll("\n", "\r\n")}-- `;
  const spellings = [pemOf(0), list, windows, ...[pemOf(0), list].map(inBase64), der];
  for (const key of spellings) {
    expect(verify(rsa.scheme, [pemOf(1), key], raw, sent).kind).toBe("verified");
  }
  const short = generateKeyPairSync("rsa", { modulusLength: 512 }).publicKey;
  const none = [
    String(keys[0]?.privateKey.export({ type: "pkcs8", format: "pem" })),
    String(short.export({ type: "spki", format: "pem" })),
    String(generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" })),
    "junk",
  ];
  for (const key of none) {
    expect(verify(rsa.scheme, [key], raw, sent)).toEqual({ kind: "refused", why: "no_secret" });
  }
});
