import type { NameBehaviour } from "./name-server.ts";

const PUBLIC = "93.184.215.14";

/** What a hostile, broken or careless name server may say; none of it may lead to a connection. */
export const HOSTILE_NAMES: Record<string, NameBehaviour> = {
  "loopback.example.com": { a: ["127.0.0.1"] },
  "private.example.com": { a: ["10.0.0.8"] },
  "metadata.example.com": { a: ["169.254.169.254"] },
  "zero.example.com": { a: ["0.0.0.0"] },
  "one-of-two.example.com": { a: [PUBLIC, "127.0.0.1"] },
  "last-of-many.example.com": { a: [...Array<string>(40).fill(PUBLIC), "127.0.0.1"] },
  "one-of-each.example.com": { a: [PUBLIC], aaaa: ["::1"] },
  "only-six.example.com": { aaaa: ["fd00::1"] },
  "mapped.example.com": { aaaa: ["::ffff:7f00:1"] },
  "nat64.example.com": { aaaa: ["64:ff9b::7f00:1"] },
  "six-to-four.example.com": { aaaa: ["2002:7f00:1::1"] },
  "renamed.example.com": { cname: "loopback.example.com", a: ["127.0.0.1"] },
  // Public when it is saved, this machine from then on.
  "rebound.example.com": { a: (nth) => [nth === 1 ? PUBLIC : "127.0.0.1"] },
  "renamed-in-circles.example.com": { cname: "renamed-in-circles.example.com" },
  "somebody-elses.example.com": { a: ["127.0.0.1"], owner: "other.example.com" },
  "unknown.example.com": { code: "nxdomain" },
  "broken.example.com": { code: "servfail" },
  "refusing.example.com": { code: "refused" },
  "empty.example.com": {},
  "silent.example.com": { how: "silent" },
  "garbage.example.com": { how: "garbage" },
  "forged.example.com": { a: ["127.0.0.1"], how: "wrong_id" },
  "cut.example.com": { a: ["127.0.0.1"], how: "cut" },
  "cut-to-nothing.example.com": { how: "empty_cut" },
};
