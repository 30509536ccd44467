import { expect, it } from "vitest";
import { isNetWithin } from "./address-net.ts";

it.each([
  ["10.1.2.3", ["10.0.0.0/8"], true],
  ["10.1.0.0/16", ["192.0.2.7", "10.0.0.0/8"], true],
  ["10.0.0.0/8", ["10.0.0.0/8"], true],
  ["10.9.9.9/8", ["10.0.0.0/8"], true],
  ["::ffff:10.1.2.3", ["10.0.0.0/8"], true],
  ["2001:db8:0:1::/64", ["2001:DB8::/32"], true],
  ["10.0.0.0/7", ["10.0.0.0/8"], false],
  ["10.1.2.3/7", ["10.1.2.3"], false],
  ["11.0.0.1", ["10.0.0.0/8"], false],
  ["2001:db9::1", ["2001:db8::/32"], false],
  ["10.1.2.3", ["2001:db8::/32"], false],
  ["2001:db8::/32", ["0.0.0.0/0"], false],
  ["10.1.2.3", [], false],
])("says of %s whether all of it is in %j: %j", (net, nets, isWithin) => {
  expect(isNetWithin(net, nets)).toBe(isWithin);
});
