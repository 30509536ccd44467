import { describe, expect, it } from "vitest";
import { ORDER_STATUSES, step } from "#lib/orders/lifecycle.ts";
import { CHECKS } from "./checks.ts";
import { keepOneDatabase, openSoundDatabase } from "./doctor.fixture.ts";
import { runDoctor } from "./run-doctor.ts";

keepOneDatabase();

const one = (subject: string) => [expect.stringContaining(subject)];

describe("I1: no second paid supplier order", () => {
  it("sees two accepted payments", async () => {
    const { break: breakIt, completed, complaints } = await openSoundDatabase();
    await breakIt(`insert into order_attempts (id, order_id, kind, started_at, finished_at, outcome)
      values (gen_random_uuid(), '${completed.id}', 'pay', now(), now(), 'accepted')`);
    expect(await complaints()).toEqual([`I1 ${completed.id} 2 accepted pay attempts`]);
  });

  it("sees two accepted creates, and that the key against them is gone", async () => {
    const { break: breakIt, completed, complaints } = await openSoundDatabase({ fresh: true });
    await breakIt(
      "drop index order_attempts_one_create",
      `insert into order_attempts (id, order_id, kind, started_at, finished_at, outcome)
       values (gen_random_uuid(), '${completed.id}', 'create', now(), now(), 'accepted')`,
    );
    expect(await complaints()).toEqual([
      `I1 ${completed.id} 2 accepted create attempts`,
      expect.stringContaining("I1 order_attempts_one_create"),
    ]);
  });

  it("sees a left-over that was paid, and lets unpaid ones be", async () => {
    const sound = await openSoundDatabase();
    const orphan = { attribution: "orphan", attributedAt: new Date(), isMock: true };
    await sound.mirror({ supplierOrderId: "left-1", state: "awaiting_payment", ...orphan });
    await sound.mirror({ supplierOrderId: "left-2", state: "cancelled", ...orphan });
    await sound.mirror({ supplierOrderId: "left-3", state: "paid", word: "paid", ...orphan });
    expect(await sound.complaints()).toEqual(one("I1 left-3"));
  });

  it("sees a paid supplier order of a lost create, until somebody has said whose it is", async () => {
    const sound = await openSoundDatabase();
    const order = await sound.soundOrder({
      attempts: [
        { kind: "create", outcome: "orphaned", resolution: "not_created" },
        { kind: "create", outcome: "accepted" },
      ],
    });
    await sound.break(`insert into timeline_entries (id, order_id, at, kind, data)
      values (gen_random_uuid(), '${order.id}', now(), 'create_orphaned', '{"supplierOrderId": "LATE"}')`);
    await sound.mirror({ supplierOrderId: "late", alertedAt: sound.ago(1) });
    expect(await sound.complaints()).toEqual(one(`I1 ${order.id} is completed, and a lost create`));
    await sound.break(
      "update supplier_orders set attribution = 'foreign', attributed_at = now() where supplier_order_id = 'late'",
    );
    expect(await sound.complaints()).toEqual([]);
  });

  it("sees a second paid supplier order given to an order", async () => {
    const sound = await openSoundDatabase();
    const { completed } = sound;
    await sound.break(
      `update supplier_orders set supplier_order_id = 'another' where order_id = '${completed.id}'`,
    );
    expect(await sound.complaints()).toEqual([
      `I1 ${completed.id} has ${completed.supplierOrderId}, and another (completed) too`,
      expect.stringContaining(`I16 ${completed.supplierOrderId}`),
    ]);
  });
});

describe("I2: one owner a supplier order", () => {
  it("sees two owners, where the key against them is gone", async () => {
    const sound = await openSoundDatabase({ fresh: true });
    const { completed, open } = sound;
    await sound.break(
      "drop index orders_supplier_id_supplier_order_id_key",
      "drop index orders_one_owner",
      `delete from supplier_orders where order_id = '${open.id}'`,
      `update orders set supplier_order_id = '${completed.supplierOrderId}' where id = '${open.id}'`,
    );
    expect(await sound.complaints()).toEqual([
      expect.stringContaining(`I2 ${completed.id} owns`),
      expect.stringContaining(`I2 ${open.id} owns`),
      expect.stringContaining(`I2 ${open.id} owns`),
      "I2 orders_supplier_id_supplier_order_id_key the unique key that holds this is missing or not valid",
    ]);
  });

  it("sees two owners who spell it differently, where the key against that is gone", async () => {
    const sound = await openSoundDatabase({ fresh: true });
    const { completed, open } = sound;
    await sound.break(
      "drop index orders_one_owner",
      `delete from supplier_orders where order_id = '${open.id}'`,
      `update orders set supplier_order_id = upper('${completed.supplierOrderId}') where id = '${open.id}'`,
    );
    expect(await sound.complaints()).toEqual([
      `I2 ${open.id} owns ${completed.supplierOrderId}, which is noted as that of ${completed.id}`,
    ]);
  });

  it("sees an owner of whom the mirror knows nothing", async () => {
    const sound = await openSoundDatabase();
    const { completed } = sound;
    await sound.break(`update supplier_orders
      set attribution = 'foreign', order_id = null where order_id = '${completed.id}'`);
    expect(await sound.complaints()).toEqual(one(`I2 ${completed.id}`));
  });
});

describe("I3: an attempt for what was sent", () => {
  it("sees a supplier order that nothing of ours made", async () => {
    const sound = await openSoundDatabase();
    const { completed } = sound;
    await sound.break(`delete from order_attempts where order_id = '${completed.id}'`);
    expect(await sound.complaints()).toEqual(one(`I3 ${completed.id}`));
    await sound.break(`insert into order_attempts (id, order_id, kind, started_at, finished_at, outcome, resolution, resolved_at)
      values (gen_random_uuid(), '${completed.id}', 'create', now(), now(), 'unknown', 'not_created', now())`);
    expect(await sound.complaints()).toEqual(one(`I3 ${completed.id}`));
  });

  it("takes a claimed send, and an adoption, for an explanation", async () => {
    const sound = await openSoundDatabase();
    const { completed, open } = sound;
    await sound.break(
      `delete from order_attempts`,
      `insert into order_attempts (id, order_id, kind, started_at, finished_at, outcome, resolution, resolved_at)
       values (gen_random_uuid(), '${completed.id}', 'create', now(), now(), 'unknown', 'claimed', now())`,
      `insert into timeline_entries (id, order_id, at, kind) values (gen_random_uuid(), '${open.id}', now(), 'adopted')`,
    );
    expect(await sound.complaints()).toEqual([]);
  });
});

describe("I7: forward only", () => {
  it("sees a step back", async () => {
    const sound = await openSoundDatabase();
    const { completed } = sound;
    await sound.break(`insert into timeline_entries (id, order_id, at, kind, data) values
      (gen_random_uuid(), '${completed.id}', now(), 'status_changed', '{"from": "processing", "to": "paid"}')`);
    expect(await sound.complaints()).toEqual([`I7 ${completed.id} went from processing to paid`]);
  });

  it.each([
    ["paid", "an open order that is elsewhere than its timeline says"],
    ["submitting", "an open order that went back to its beginning"],
  ])("sees, at %s, %s", async (status) => {
    const sound = await openSoundDatabase();
    await sound.break(`update orders set status = '${status}' where id = '${sound.open.id}'`);
    expect(await sound.complaints()).toEqual(one(`I7 ${sound.open.id} is ${status}`));
  });

  it("knows the same steps as the lifecycle", async () => {
    const sound = await openSoundDatabase();
    const there = [
      "awaiting_payment",
      "paid",
      "processing",
      "completed",
      "cancelled",
      "failed",
    ] as const;
    const checks = CHECKS.filter(({ id }) => id === "I7");
    const told: string[] = [];
    const allowed: string[] = [];
    for (const from of ORDER_STATUSES) {
      for (const to of there) {
        await sound.break(
          `update timeline_entries set data = '{"from": "${from}", "to": "${to}"}'
           where kind = 'status_changed' and order_id = '${sound.completed.id}'`,
        );
        const [result] = await runDoctor(sound.core, { checks });
        if (result?.violations.length === 0) told.push(`${from} ${to}`);
        if (step(from, to, []).kind === "moved") allowed.push(`${from} ${to}`);
      }
    }
    expect(told).toEqual(allowed);
  });
});

describe("I8: one end", () => {
  it.each([
    [
      "twice",
      `update timeline_entries set data = '{"from": "paid", "to": "completed"}' where data->>'to' = 'processing'`,
    ],
    ["never", `delete from timeline_entries where data->>'to' = 'completed'`],
  ])("sees an order that ended %s", async (_, statement) => {
    const sound = await openSoundDatabase();
    await sound.break(`${statement} and order_id = '${sound.completed.id}'`);
    expect(await sound.complaints()).toEqual(one(`I8 ${sound.completed.id} came to completed`));
  });

  it("sees a rejection that nobody made", async () => {
    const sound = await openSoundDatabase();
    await sound.break(`delete from timeline_entries where kind = 'create_refused'`);
    expect(await sound.complaints()).toEqual(one(`I8 ${sound.rejected.id}`));
  });

  it("lets a partial order be completed later", async () => {
    const sound = await openSoundDatabase();
    await sound.soundOrder({ moves: ["submitting", "awaiting_payment", "partial", "completed"] });
    expect(await sound.complaints()).toEqual([]);
  });
});

describe("I16: whose every supplier order is", () => {
  it("sees one that is nobody's for too long", async () => {
    const sound = await openSoundDatabase();
    const free = { isMock: true, total: null };
    await sound.mirror({ supplierOrderId: "old", ...free });
    await sound.mirror({ supplierOrderId: "young", firstSeenAt: sound.ago(4), ...free });
    await sound.mirror({ supplierOrderId: "alerted", alertedAt: sound.ago(1), ...free });
    await sound.mirror({
      supplierOrderId: "foreign",
      attribution: "foreign",
      attributedAt: sound.ago(1),
      ...free,
    });
    expect(await sound.complaints()).toEqual(one("I16 old"));
  });

  it("sees one that an order of ours has, and that isn't noted as seen", async () => {
    const sound = await openSoundDatabase();
    await sound.break(`delete from supplier_orders where order_id = '${sound.open.id}'`);
    expect(await sound.complaints()).toEqual(one(`I16 ${sound.open.supplierOrderId}`));
  });

  it("waits while a send of the same basket is unclear", async () => {
    const sound = await openSoundDatabase();
    await sound.soundOrder({
      status: "unconfirmed",
      supplierOrderId: null,
      finishedAt: null,
      moves: [],
      codes: 0,
      fingerprint: "basket-1",
      attempts: [{ kind: "create", outcome: "unknown" }],
    });
    const row = (supplierOrderId: string, fingerprint: string | null, note: object | null) =>
      sound.mirror({
        supplierOrderId,
        fingerprint,
        items: [{ productId: "p", quantity: 1, note }],
        isMock: true,
      });
    await row("same", "basket-1", {});
    await row("unclear-1", null, {});
    await row("unclear-2", "basket-2", null);
    await row("other", "basket-2", {});
    expect(await sound.complaints()).toEqual(one("I16 other"));
    await sound.break(
      "update order_attempts set resolution = 'not_created', resolved_at = now() where outcome = 'unknown'",
    );
    // The order may wait for a person still: nothing of it is unclear any more that could explain them.
    expect(await sound.complaints()).toHaveLength(3);
    sound.clock.advance(6 * 60_000);
    expect(await sound.complaints()).toHaveLength(4);
  });
});
