import { describe, expect, it } from "vitest";
import { externalData } from "./codes.ts";

const source = { seed: 1, orderId: "a", item: 0, isMock: false };
const format = "****-####";

describe("externalData", () => {
  it.each([
    [{ shape: "plain", format } as const, expect.stringMatching(/^[A-Z2-9]{4}-\d{4}$/)],
    [{ shape: "code", format } as const, { code: expect.any(String) }],
    [{ shape: "pin", format } as const, { pin: expect.any(String) }],
    [
      { shape: "code-pin-serial", format } as const,
      { code: expect.any(String), pin: expect.any(String), serial: expect.any(String) },
    ],
    [{ shape: "account" } as const, { login: expect.any(String), password: expect.any(String) }],
    [
      { shape: "esim" } as const,
      expect.objectContaining({ qrText: expect.stringMatching(/^LPA:1/) }),
    ],
  ])("gives one element for each code: %o", (delivery, element) => {
    expect(externalData(delivery, 2, source)).toEqual([element, element]);
  });

  it("puts all codes into one object, or gives none for a service", () => {
    const data = externalData({ shape: "codes", format }, 3, source);
    expect(data).toEqual([{ codes: [expect.any(String), expect.any(String), expect.any(String)] }]);
    expect(externalData({ shape: "none" }, 3, source)).toEqual([]);
  });

  it("repeats itself for the same order and never for another", () => {
    const plain = { shape: "plain", format: "*****-*****-*****" } as const;
    expect(externalData(plain, 5, source)).toEqual(externalData(plain, 5, { ...source }));
    const all = ["a", "b", "c"].flatMap((orderId) =>
      [1, 2].flatMap((seed) =>
        [0, 1].flatMap((item) => externalData(plain, 50, { ...source, orderId, seed, item })),
      ),
    );
    expect(new Set(all).size).toBe(all.length);
  });

  it("marks the codes of a mock order as fake", () => {
    expect(externalData({ shape: "code", format }, 1, { ...source, isMock: true })).toEqual([
      { code: expect.stringMatching(/^MOCK-/) },
    ]);
  });
});
