import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { placing, sendWhenQuiet } from "./order-turns.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("sends once nobody places any, or two seconds after the answer, however many wait", async () => {
  let end: () => void = () => undefined;
  const place = () =>
    placing.take(
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
