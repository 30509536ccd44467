import { describe, expect, it } from "vitest";
import { hideTexts, materialIn, redactMessage } from "./redact-message.ts";
import { exampleMessage, messageWithCodes, messageWithLink } from "./testing/example-message.ts";

const LINK = "https://ops.example.com/claim/7?x=1&y=2#canary_claim_secret_1";

describe("redactMessage", () => {
  it("leaves a message alone that carries nothing", () => {
    const message = exampleMessage();
    expect(redactMessage(message)).toEqual(message);
  });

  it("leaves the number of codes, and a link that leads nowhere", () => {
    const codes = redactMessage(messageWithCodes(["CANARY-1", "CANARY-2"]));
    expect(codes.payload.data.items).toEqual([expect.objectContaining({ codes: 2 })]);
    expect(JSON.parse(codes.body)).toEqual(codes.payload);
    const link = redactMessage(messageWithLink(LINK));
    expect(link.payload.data.claim).toEqual({
      url: "[redacted]",
      expiresAt: "2026-11-22T18:30:00.000Z",
    });
    expect(JSON.stringify([codes, link])).not.toMatch(/canary/i);
    expect(redactMessage(exampleMessage({ claim: null })).payload.data.claim).toBeNull();
  });
});

describe("materialIn", () => {
  it("finds codes with all their parts, and links with their secret", () => {
    const message = exampleMessage({
      items: [
        {
          codes: [
            {
              codeId: "id-1",
              value: "A B",
              pin: "1234",
              expiry: "12/27",
              esim: { lpa: "LPA:1$x" },
              others: [{ label: "Region", text: "IN" }],
            },
          ],
        },
      ],
    });
    expect(materialIn(message)).toEqual(["A B", "1234", "LPA:1$x", "IN"]);
    expect(materialIn(messageWithLink(LINK))).toEqual([LINK, "canary_claim_secret_1"]);
    expect(materialIn(exampleMessage())).toEqual([]);
  });
});

describe("hideTexts", () => {
  const SECRET = 'CANARY/ü"<1>&\\';

  it.each([
    ["as it is", SECRET],
    ["in JSON", JSON.stringify(SECRET)],
    ["in PHP's JSON", JSON.stringify(SECRET).replaceAll("/", "\\/")],
    ["in JSON of ASCII", JSON.stringify(SECRET).replace("ü", "\\u00fc")],
    ["in an address", `https://h/?x=${encodeURIComponent(SECRET)}`],
    ["in a page", `<p>CANARY/ü&quot;&lt;1&gt;&amp;\\</p>`],
    ["in JSON in JSON", JSON.stringify(JSON.stringify(SECRET))],
    ["in JSON in an address", encodeURIComponent(JSON.stringify(SECRET))],
    [
      "in JSON in a page",
      JSON.stringify(SECRET)
        .replaceAll("&", "&amp;")
        .replaceAll('"', "&quot;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;"),
    ],
  ])("hides a secret %s", (_, text) => {
    const hidden = hideTexts(`before ${text} after`, [SECRET]);
    expect(hidden).not.toContain("CANARY");
    expect(hidden).toMatch(/^before .* after$/);
  });

  it.each(["base64", "base64url", "hex"] as const)(
    "hides one in %s, wherever it begins",
    (encoding) => {
      for (const around of ["", "a", "ab", "abc"]) {
        const said = Buffer.from(`${around}CANARY-0123456789${around}`).toString(encoding);
        const hidden = hideTexts(`AUTH ${said} refused`, ["CANARY-0123456789"]);
        expect(hidden).toMatch(/^AUTH \S{0,9}\[redacted\]\S{0,9} refused$/);
      }
    },
  );

  it("hides a token without what stood before it, and no time of day", () => {
    expect(hideTexts("who is 0123456789abcdef?", ["Bearer 0123456789abcdef"])).toBe(
      "who is [redacted]?",
    );
    const thrice = [1, 2, 3].reduce((text) => JSON.stringify(text), 'CANARY-1"\\');
    expect(hideTexts(thrice, ['CANARY-1"\\'])).not.toContain("CANARY");
    const now = "it is 2026-11-21T21:59:00Z here";
    expect(hideTexts(now, ["2026-11-21T21:04:11.002Z"])).toBe(now);
  });

  it("hides short ones only where they stand alone", () => {
    expect(hideTexts("pin 12, order 4123, (12)", ["12"])).toBe(
      "pin [redacted], order 4123, ([redacted])",
    );
  });

  it("hides the longer of two that begin alike, and nothing for an empty one", () => {
    expect(hideTexts("key-1-and-more", ["key-1", "key-1-and-more", ""])).toBe("[redacted]");
    expect(hideTexts("text", ["", " "])).toBe("text");
  });

  it("takes marks of patterns for what they are", () => {
    expect(hideTexts("a+b $& c", ["a+b", "$&"])).toBe("[redacted] [redacted] c");
  });
});
