import { expect, it, vi } from "vitest";
import { inBatches } from "./in-batches.ts";

/** Doubles numbers; a batch ends when it is let go. */
function doubling(options?: Parameters<typeof inBatches<object, number, number>>[1]) {
  const batches: { items: readonly number[]; end: (error?: Error) => void }[] = [];
  const double = inBatches<object, number, number>(
    (_, items) =>
      new Promise((resolve, reject) => {
        const end = (error?: Error) =>
          error ? reject(error) : resolve(items.map((item) => item * 2));
        batches.push({ items, end });
      }),
    options,
  );
  return { batches, double, seen: () => batches.map(({ items }) => items) };
}

/** Until all that can go on has gone on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

it("does at once what comes first, and together what comes meanwhile", async () => {
  const { batches, double, seen } = doubling();
  const ctx = {};
  const first = double(ctx, 1);
  await settle();
  const others = [double(ctx, 2), double(ctx, 3)];
  await settle();
  expect(seen()).toEqual([[1]]);
  batches[0]?.end();
  expect(await first).toBe(2);
  await settle();
  expect(seen()).toEqual([[1], [2, 3]]);
  batches[1]?.end();
  expect(await Promise.all(others)).toEqual([4, 6]);
});

it("takes what is asked for in one breath together, and begins anew when all is done", async () => {
  const { batches, double, seen } = doubling();
  const ctx = {};
  const asked = Promise.all([double(ctx, 1), double(ctx, 2)]);
  await settle();
  batches[0]?.end();
  // The very moment of its end is no gap that somebody could fall into.
  const late = asked.then(() => double(ctx, 3));
  expect(await asked).toEqual([2, 4]);
  await settle();
  batches[1]?.end();
  expect(await late).toBe(6);
  expect(seen()).toEqual([[1, 2], [3]]);
});

it("loses nobody, whenever he comes", async () => {
  const ctx = {};
  const double = inBatches<object, number, number>(async (_, items) =>
    items.map((item) => item * 2),
  );
  const answers: Promise<number>[] = [];
  for (let item = 0; item < 200; item++) {
    answers.push(double(ctx, item));
    for (let breath = 0; breath < item % 7; breath++) await null;
  }
  expect(await Promise.all(answers)).toEqual(answers.map((_, item) => item * 2));
});

it("rejects a batch for all of it, and goes on", async () => {
  const { batches, double } = doubling();
  const ctx = {};
  const asked = [double(ctx, 1), double(ctx, 2)];
  await settle();
  const next = double(ctx, 3);
  batches[0]?.end(new Error("away"));
  const ended = await Promise.allSettled(asked);
  expect(ended.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await settle();
  batches[1]?.end();
  expect(await next).toBe(6);
});

it("does a batch again one by one where the database refuses a row of it", async () => {
  const seen: number[][] = [];
  const refused = Object.assign(new Error("duplicate key"), {
    meta: { driverAdapterError: { cause: { originalCode: "23505" } } },
  });
  const double = inBatches<object, number, number>(async (_, items) => {
    seen.push([...items]);
    if (items.includes(2)) throw refused;
    return items.map((item) => item * 2);
  });
  const ctx = {};
  const ended = await Promise.allSettled([double(ctx, 1), double(ctx, 2), double(ctx, 3)]);
  expect(seen).toEqual([[1, 2, 3], [1], [2], [3]]);
  expect(ended).toEqual([
    { status: "fulfilled", value: 2 },
    { status: "rejected", reason: refused },
    { status: "fulfilled", value: 6 },
  ]);
});

it("keeps apart what belongs apart, and what another context asks for", async () => {
  const { batches, double, seen } = doubling({ apart: (item) => (item < 10 ? "small" : "big") });
  const ctx = {};
  const asked = [double(ctx, 1), double(ctx, 20), double({}, 3)];
  await settle();
  expect(seen()).toEqual([[1], [20], [3]]);
  batches[1]?.end();
  expect(await asked[1]).toBe(40);
  batches[0]?.end();
  batches[2]?.end();
  expect(await Promise.all(asked)).toEqual([2, 40, 6]);
});

it("runs a hundred at once at the most", async () => {
  const { batches, double, seen } = doubling();
  const ctx = {};
  const asked = Promise.all(Array.from({ length: 150 }, (_, item) => double(ctx, item)));
  await settle();
  batches[0]?.end();
  await settle();
  batches[1]?.end();
  expect(await asked).toHaveLength(150);
  expect(seen().map(({ length }) => length)).toEqual([100, 50]);
});

it("gives up what doesn't come back, and goes on with those who wait behind it", async () => {
  vi.useFakeTimers();
  try {
    const { batches, double, seen } = doubling({ deadlineMs: 5_000 });
    const ctx = {};
    const stuck = double(ctx, 1);
    const given = expect(stuck).rejects.toThrow("has not answered in 5000 ms");
    await vi.advanceTimersByTimeAsync(4_900);
    const waiting = double(ctx, 2);
    expect(seen()).toEqual([[1]]);
    await vi.advanceTimersByTimeAsync(200);
    await given;
    expect(seen()).toEqual([[1], [2]]);
    // It comes back after all, to nobody.
    batches[0]?.end(new Error("cut"));
    batches[1]?.end();
    expect(await waiting).toBe(4);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

it("tells everybody where the results are too few", async () => {
  const lossy = inBatches<object, number, number>(async () => [1]);
  const ctx = {};
  const ended = await Promise.allSettled([lossy(ctx, 1), lossy(ctx, 2)]);
  expect(ended.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});
