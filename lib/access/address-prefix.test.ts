import { describe, expect, it } from "vitest";
import { addressPrefix } from "./address-prefix.ts";

describe("addressPrefix", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    ["203.0.113.7:51234", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["::FFFF:203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2:ffff::", "2001:db8:1:2::/64"],
    ["2001:0db8:0001:0002:0:0:0:1", "2001:db8:1:2::/64"],
    ["[2001:db8:1:2::1]:443", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::", "0:0:0:0::/64"],
  ])("counts %s as %s", (address, prefix) => {
    expect(addressPrefix(address)).toBe(prefix);
  });

  it.each([null, "", "unknown", "999.1.1.1", "a.b.c.d", "'; drop table users", "1:2:3"])(
    "counts %j with everybody else who has no address",
    (address) => {
      expect(addressPrefix(address)).toBe("unknown");
    },
  );
});
