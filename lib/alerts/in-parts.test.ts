import { expect, it } from "vitest";
import { inParts } from "./in-parts.ts";

const ids = Array.from({ length: 500 }, (_, at) => String(at));
const without = (bad: readonly string[], done: string[]) => async (part: readonly string[]) => {
  if (part.some((id) => bad.includes(id))) throw new Error("no");
  done.push(...part);
};

it("does all but what fails by itself, in order, each once", async () => {
  const done: string[] = [];
  const { failed } = await inParts(ids, without(["0", "77", "499"], done));
  expect(failed.map(({ id }) => id)).toEqual(["0", "77", "499"]);
  expect(done).toEqual(ids.filter((id) => !["0", "77", "499"].includes(id)));
});

it("gives up where everything fails", async () => {
  let tries = 0;
  const run = async () => {
    tries += 1;
    throw new Error("no database");
  };
  expect((await inParts(ids, run)).done).toBe(0);
  expect(tries).toBe(40);
  expect(await inParts([], run)).toEqual({ done: 0, failed: [] });
});
