import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { placeInTurn, sendWhenQuiet } from "./order-turns.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("sends once nobody places any, or two seconds after the answer, however many wait", async () => {
  let end: () => void = () => undefined;
  const place = () =>
    placeInTurn(
      false,
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
  let sent = 0;
  const send = async () => {
    sent += 1;
  };
  const first = place();
  const one = sendWhenQuiet(send);
  await vi.advanceTimersByTimeAsync(500);
  expect(sent).toBe(0);
  end();
  await Promise.all([first, one]);
  expect(sent).toBe(1);

  const second = place();
  const many = Array.from({ length: 12 }, () => sendWhenQuiet(send));
  await vi.advanceTimersByTimeAsync(1_900);
  expect(sent).toBe(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(sent).toBe(13);
  end();
  await Promise.all([second, ...many]);
});

it("sends two at a time while orders are being placed, and four when none is", async () => {
  let end: () => void = () => undefined;
  const place = placeInTurn(
    false,
    () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  let underWay = 0;
  let most = 0;
  const send = async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setTimeout(resolve, 100));
    underWay -= 1;
  };
  const many = Array.from({ length: 16 }, () => sendWhenQuiet(send));
  await vi.advanceTimersByTimeAsync(2_350);
  expect(most).toBe(2);
  end();
  await place;
  await vi.advanceTimersByTimeAsync(1_000);
  await Promise.all(many);
  expect(most).toBe(4);
});

it("lets four place alone at once, beside any number that are placed together", async () => {
  const ends: (() => void)[] = [];
  const place = (isAlone: boolean) =>
    placeInTurn(isAlone, () => new Promise<void>((resolve) => ends.push(resolve)));
  const alone = Array.from({ length: 150 }, () => place(true));
  const together = Array.from({ length: 10 }, () => place(false));
  await vi.advanceTimersByTimeAsync(0);
  expect(ends).toHaveLength(14);
  while (ends.length > 0) {
    ends.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
  }
  await Promise.all([...alone, ...together]);
});
