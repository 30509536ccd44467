import { describe, expect, it } from "vitest";
import { fieldsOfCode } from "#components/orders/code-fields.ts";

describe("fieldsOfCode", () => {
  it("takes an object apart", () => {
    expect(fieldsOfCode('{"login":"a@b.co","pin":12,"more":{"x":[1]},"none":null,"":""}')).toEqual([
      { label: "login", text: "a@b.co" },
      { label: "pin", text: "12" },
      { label: "more", text: '{"x":[1]}' },
    ]);
  });

  it.each(["ABCD-EFGH", "{broken", "{}", '["a"]', "", '"text"'])("leaves %s whole", (value) => {
    expect(fieldsOfCode(value)).toBeNull();
  });
});
