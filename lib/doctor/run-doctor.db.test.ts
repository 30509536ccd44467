import { describe, expect, it } from "vitest";
import { keepOneDatabase, openSoundDatabase } from "./doctor.fixture.ts";
import { MOST_VIOLATIONS, runDoctor } from "./run-doctor.ts";

keepOneDatabase();

it("finds nothing wrong with a sound database", async () => {
  const sound = await openSoundDatabase();
  await sound.soundOrder({
    status: "failed",
    moves: ["submitting", "awaiting_payment", "paid", "failed"],
  });
  await sound.soundOrder({
    status: "unconfirmed",
    supplierOrderId: null,
    finishedAt: null,
    moves: [],
    codes: 0,
    attempts: [{ kind: "create", outcome: "unknown" }],
  });
  const results = await runDoctor(sound.core);
  expect(results.map(({ id }) => id)).toEqual([
    ..."I1 I2 I3 I4 I5 I6 I7 I8 I9 I11 I10 I13 I14 I15 I16 I17 I19 I23 I24 I25".split(" "),
  ]);
  expect(await sound.complaints()).toEqual([]);
});

it("finds nothing in an empty database", async () => {
  const sound = await openSoundDatabase();
  await sound.break(
    ...[
      "order_attempts",
      "timeline_entries",
      "order_signals",
      "codes",
      "stock_changes",
      "supplier_orders",
    ].map((table) => `delete from ${table}`),
    "delete from order_items",
    "delete from orders",
  );
  expect(await sound.complaints()).toEqual([]);
});

describe("runDoctor", () => {
  it("writes nothing, and bounds what it tells", async () => {
    const sound = await openSoundDatabase();
    const many = { id: "X", title: "x", sql: "select n::text, 'x' from generate_series(1, 500) n" };
    const [result] = await runDoctor(sound.core, { checks: [many] });
    expect(result?.violations).toHaveLength(MOST_VIOLATIONS);
    const writing = {
      id: "X",
      title: "x",
      sql: "select nextval('audit_entries_seq_seq')::text, 'x'",
    };
    await expect(runDoctor(sound.core, { checks: [writing] })).rejects.toThrow(/read-only/);
  });

  it("looks, if asked, only at what was placed or moved of late, or is open", async () => {
    const sound = await openSoundDatabase();
    const old = await sound.soundOrder({
      createdAgo: 3 * 24 * 60,
      id: oldId(sound.ago(3 * 24 * 60), 1),
    });
    const moved = await sound.soundOrder({
      createdAgo: 3 * 24 * 60,
      id: oldId(sound.ago(3 * 24 * 60), 2),
      statusChangedAt: sound.ago(5),
    });
    await sound.break("delete from order_attempts");
    const all = [sound.completed, sound.open, old, moved].map(({ id }) =>
      expect.stringContaining(`I3 ${id}`),
    );
    expect(await sound.complaints()).toEqual(expect.arrayContaining(all));
    const late = await sound.complaints({ since: sound.ago(24 * 60) });
    expect(late).toHaveLength(3);
    expect(late).not.toContainEqual(expect.stringContaining(old.id));
  });
});

const oldId = (at: Date, n: number): string => {
  const hex = at.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-00000000000${n}`;
};
