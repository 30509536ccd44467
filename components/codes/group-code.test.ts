import { describe, expect, it } from "vitest";
import { groupCode } from "#components/codes/group-code.ts";

describe("groupCode", () => {
  it.each([
    ["ABCDEFGHIJKLMNO", ["ABCD", "EFGH", "IJKL", "MNO"]],
    ["12345678", ["12345678"]],
    ["AAAA-BBBB-CCCC", ["AAAA-BBBB-CCCC"]],
    ["LPA:1$example.com$ABC", ["LPA:1$example.com$ABC"]],
    ["x".repeat(33), ["x".repeat(33)]],
    ["", [""]],
  ])("%s", (value, groups) => {
    expect(groupCode(value)).toEqual(groups);
    expect(groupCode(value).join("")).toBe(value);
  });
});
