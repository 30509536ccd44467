import { expect, it } from "vitest";
import { SealError } from "#lib/platform/gcm.ts";
import { withPatience } from "./with-patience.ts";

const failing = (times: number) => {
  let left = times;
  return async () => {
    left -= 1;
    if (left >= 0) throw new Error(`not yet, ${left} more`);
    return "there";
  };
};

it("waits out what fails a few times", async () => {
  await expect(withPatience(failing(2), new AbortController().signal, [0, 0])).resolves.toBe(
    "there",
  );
});

it("throws the last failure once its patience is over", async () => {
  const trying = withPatience(failing(4), new AbortController().signal, [0, 0]);
  await expect(trying).rejects.toThrow("not yet, 1 more");
});

it("tries no more once it is told to stop", async () => {
  const trying = withPatience(failing(4), AbortSignal.abort(), [0, 0]);
  await expect(trying).rejects.toThrow("not yet, 3 more");
});

it("doesn't wait for a key that is missing", async () => {
  const missing = () => Promise.reject(new SealError("a key is missing"));
  const trying = withPatience(missing, new AbortController().signal, [60_000]);
  await expect(trying).rejects.toThrow("a key is missing");
});
