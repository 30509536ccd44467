import { expect, it } from "vitest";
import { CHECKS } from "./checks.ts";
import { keepOneDatabase, openSoundDatabase } from "./doctor.fixture.ts";

keepOneDatabase();

const examination = { checks: CHECKS.filter(({ id }) => id === "I15") };
/** Nothing that the sound orders (9.5 each, placed an hour ago) could explain. */
const DAY = 24 * 60;

async function open() {
  const sound = await openSoundDatabase();
  return {
    ...sound,
    /** Orders of 9.5, begun and, unless still open, ended so many minutes ago. */
    order: (createdAgo: number, facts: Record<string, unknown> = {}) =>
      sound.soundOrder({ createdAgo, ...facts }),
    complaints: () => sound.complaints(examination),
  };
}

it("has nothing to say without samples, with one, or while nothing leaves", async () => {
  const account = await open();
  expect(await account.complaints()).toEqual([]);
  await account.sample(2 * DAY, "100");
  expect(await account.complaints()).toEqual([]);
  await account.sample(DAY, "150");
  await account.sample(10, "170", "5");
  expect(await account.complaints()).toEqual([]);
});

it("is content with what orders cost, in however many steps", async () => {
  const account = await open();
  await account.sample(2 * DAY + 30, "100");
  await account.order(2 * DAY);
  await account.order(2 * DAY);
  await account.sample(2 * DAY - 1, "81", "19");
  await account.sample(2 * DAY - 2, "81", "9.5");
  await account.sample(DAY, "81");
  expect(await account.complaints()).toEqual([]);
});

it("sees what no order explains", async () => {
  const account = await open();
  await account.sample(2 * DAY + 30, "100");
  await account.order(2 * DAY);
  await account.sample(2 * DAY - 5, "78.5");
  expect(await account.complaints()).toEqual([
    expect.stringMatching(
      /^I15 foxreload USD 11\.99 USD left the account by .* that no order explains$/,
    ),
  ]);
});

it("isn't fooled by orders of another time", async () => {
  const account = await open();
  await account.order(3 * DAY);
  await account.sample(2 * DAY, "100");
  await account.sample(DAY, "95");
  expect(await account.complaints()).toHaveLength(1);
});

it("isn't fooled by a top-up in between", async () => {
  const account = await open();
  await account.sample(2 * DAY, "100");
  await account.sample(2 * DAY - 10, "60");
  await account.sample(DAY, "500");
  expect(await account.complaints()).toEqual([expect.stringContaining("40 USD left")]);
});

it("adds up small steps that are each hidden by an order that is under way for long", async () => {
  const account = await open();
  await account.sample(2 * DAY + 30, "100");
  await account.order(2 * DAY, {
    status: "processing",
    finishedAt: null,
    moves: ["submitting", "awaiting_payment", "paid", "processing"],
    codes: 0,
  });
  for (const [minutes, held] of [
    [2 * DAY - 60, "95"],
    [2 * DAY - 120, "91"],
    [2 * DAY - 180, "87"],
  ] as const) {
    await account.sample(minutes, held);
  }
  expect(await account.complaints()).toEqual([expect.stringContaining("3.49 USD left")]);
});

it("lets a refund be, and money that was kept for an order that failed", async () => {
  const account = await open();
  await account.sample(2 * DAY + 30, "100");
  await account.order(2 * DAY, {
    status: "failed",
    moves: ["submitting", "awaiting_payment", "failed"],
  });
  await account.sample(2 * DAY - 1, "90.5");
  await account.sample(DAY, "100");
  expect(await account.complaints()).toEqual([]);
});

it("counts neither mock orders nor refused ones nor other currencies", async () => {
  const account = await open();
  await account.sample(2 * DAY + 30, "100");
  await account.order(2 * DAY, { isMock: true });
  await account.order(2 * DAY, { currency: "RUB" });
  await account.order(2 * DAY, {
    status: "rejected",
    supplierOrderId: null,
    rejection: { class: "given_up", code: null, detail: "" },
    moves: [],
    codes: 0,
    attempts: [{ kind: "create", outcome: "unknown", resolution: "given_up" }],
  });
  await account.sample(DAY, "90.5");
  expect(await account.complaints()).toEqual([expect.stringContaining("9.5 USD left")]);
});

it("lets an order in doubt explain what it may have cost", async () => {
  const account = await open();
  await account.sample(2 * DAY + 30, "100");
  await account.order(2 * DAY, {
    status: "unconfirmed",
    supplierOrderId: null,
    finishedAt: null,
    moves: [],
    codes: 0,
    attempts: [{ kind: "create", outcome: "unknown" }],
  });
  await account.sample(DAY, "90.5");
  expect(await account.complaints()).toEqual([]);
});

it("lets an order that is just being sent explain it too", async () => {
  const account = await open();
  await account.sample(30, "100");
  await account.order(1, {
    status: "submitting",
    supplierOrderId: null,
    finishedAt: null,
    moves: [],
    codes: 0,
    attempts: [{ kind: "create", outcome: null }],
  });
  await account.sample(0, "90.5");
  expect(await account.complaints()).toEqual([]);
});

it("lets foreign supplier orders explain it, but not unpaid or mock ones", async () => {
  const account = await open();
  const at = {
    createdAt: account.ago(2 * DAY),
    firstSeenAt: account.ago(2 * DAY),
    lastSeenAt: account.ago(2 * DAY),
  };
  await account.sample(2 * DAY + 30, "100");
  await account.mirror({ supplierOrderId: "unpaid", state: "awaiting_payment", ...at });
  await account.mirror({ supplierOrderId: "mock", isMock: true, ...at });
  await account.sample(DAY, "90.5");
  expect(await account.complaints()).toHaveLength(1);
  await account.mirror({
    supplierOrderId: "theirs",
    attribution: "foreign",
    attributedAt: account.ago(1),
    ...at,
  });
  expect(await account.complaints()).toEqual([]);
});

it("forgives rounding to cents, and clocks that are ten minutes off", async () => {
  const account = await open();
  await account.order(2 * DAY);
  await account.sample(2 * DAY - 10, "100.0051");
  await account.sample(2 * DAY - 11, "90.5");
  await account.sample(DAY, "100");
  await account.sample(DAY - 1, "90.5");
  await account.order(DAY - 11);
  expect(await account.complaints()).toEqual([]);
});

it("lets a remainder rest after a week", async () => {
  const account = await open();
  await account.sample(9 * DAY, "100");
  await account.sample(8 * DAY, "60");
  await account.sample(DAY, "60");
  expect(await account.complaints()).toEqual([]);
});

it("keeps accounts apart", async () => {
  const account = await open();
  await account.sample(2 * DAY + 30, "100");
  const other = await account.db.supplier.create({
    data: { slug: "other", kind: "foxreload", name: "Other" },
  });
  const theirs = await account.order(2 * DAY);
  await account.break(`update orders set supplier_id = '${other.id}' where id = '${theirs.id}'`);
  await account.sample(DAY, "90.5");
  expect(await account.complaints()).toHaveLength(1);
});
