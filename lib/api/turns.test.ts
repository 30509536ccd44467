import { expect, it } from "vitest";
import { createTurns } from "./turns.ts";

/** Something that lasts until it is told to end. */
function task() {
  let end: (failure?: Error) => void = () => undefined;
  const done = new Promise<string>((resolve, reject) => {
    end = (failure) => (failure ? reject(failure) : resolve("done"));
  });
  let begun = false;
  return {
    act: () => {
      begun = true;
      return done;
    },
    end: (failure?: Error) => end(failure),
    hasBegun: () => begun,
  };
}

it("lets so many at it at once, the others in the order of asking, and turns the rest away", async () => {
  const turns = createTurns(2, 1);
  const [one, two, three, four] = [task(), task(), task(), task()];
  const results = [one, two, three].map(({ act }) => turns.take(act));
  expect(await turns.take(four.act)).toBeNull();
  expect([one, two, three, four].map(({ hasBegun }) => hasBegun())).toEqual([
    ...[true, true, false, false],
  ]);
  one.end();
  expect(await results[0]).toBe("done");
  await Promise.resolve();
  expect(three.hasBegun()).toBe(true);
  two.end();
  three.end();
  expect(await Promise.all(results)).toEqual(["done", "done", "done"]);
});

it("hands a turn on where something failed", async () => {
  const turns = createTurns(1, 1);
  const [one, two] = [task(), task()];
  const first = turns.take(one.act);
  const second = turns.take(two.act);
  one.end(new Error("broken"));
  await expect(first).rejects.toThrow("broken");
  two.end();
  expect(await second).toBe("done");
});

it("tells when nobody is at it any more", async () => {
  const turns = createTurns(1, 1);
  expect(await turns.rest(60_000)).toBe(true);
  const [one, two] = [task(), task()];
  const results = [one, two].map(({ act }) => turns.take(act));
  let isResting = false;
  const rest = turns.rest(60_000).then((isQuiet) => {
    isResting = isQuiet;
  });
  expect(await turns.rest(0)).toBe(false);
  one.end();
  await results[0];
  expect(isResting).toBe(false);
  two.end();
  await rest;
  expect(isResting).toBe(true);
  expect(await Promise.all(results)).toEqual(["done", "done"]);
});
