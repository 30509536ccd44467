import { expect, it } from "vitest";
import {
  auditFilterNames,
  auditQueryOf,
  countFilters,
  type RawAuditFilter,
  readAuditListFilter,
} from "./audit-list-filter.ts";

const read = (query: string) => {
  const params = new URLSearchParams(query);
  const raw = auditFilterNames.map((name) => [name, params.get(name)]);
  return readAuditListFilter(Object.fromEntries(raw) as RawAuditFilter);
};

it("reads an address and writes it again", () => {
  const query =
    "actorKind=user&actor=Asha&action=code.revealed&objectKind=code&object=a1&correlation=c1&since=2026-01-02T03%3A04%3A00.000Z&until=2026-01-03T03%3A04%3A00.000Z&after=0000000000000000042";
  expect(auditQueryOf(read(query))).toBe(query);
  expect(countFilters(read(query))).toBe(8);
});

it("leaves junk out", () => {
  const filter = read(
    "actorKind=king&objectKind=moon&since=soon&until=99999999999999&after=-1&actor=%00&action=",
  );
  expect(auditQueryOf(filter)).toBe("");
  expect(read(`actor=${"x".repeat(500)}`).actor).toHaveLength(200);
});
