import { expect, it } from "vitest";
import { securityTxt } from "./security-txt.ts";

it("says whom to tell, until when that holds and where it stands", () => {
  const text = securityTxt({
    contact: "mailto:security@example.com",
    ownUrl: "https://ops.example.com/anything",
    now: new Date("2026-11-22T13:00:00Z"),
  });
  expect(text).toBe(`Contact: mailto:security@example.com
Expires: 2027-05-21T00:00:00Z
Preferred-Languages: en, hi
Canonical: https://ops.example.com/.well-known/security.txt
`);
});
