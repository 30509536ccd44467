import { describe, expect, it } from "vitest";
import { createPlaces } from "./places.ts";

/** Work that lasts until it is told to end. */
function openWork(places: ReturnType<typeof createPlaces>) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    begun,
    start(name: string, isUrgent = false) {
      return places.hold(isUrgent, async () => {
        begun.push(name);
        await new Promise<void>((end) => ends.set(name, end));
      });
    },
    async end(name: string) {
      ends.get(name)?.();
      await settled();
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("places", () => {
  it("keep one for whoever buys, who comes before all that wait", async () => {
    const work = openWork(createPlaces(3, 1));
    for (const name of ["a", "b", "c", "d"]) void work.start(name);
    await settled();
    expect(work.begun).toEqual(["a", "b"]);
    for (const name of ["U", "V"]) void work.start(name, true);
    await settled();
    expect(work.begun).toEqual(["a", "b", "U"]);
    await work.end("a");
    expect(work.begun).toEqual(["a", "b", "U", "V"]);
    await work.end("U");
    expect(work.begun).toEqual(["a", "b", "U", "V", "c"]);
    await work.end("V");
    expect(work.begun).toEqual(["a", "b", "U", "V", "c"]);
    await work.end("b");
    expect(work.begun).toEqual(["a", "b", "U", "V", "c", "d"]);
  });

  it("let who buys in even where there is only one, and it is taken", async () => {
    const work = openWork(createPlaces(1, 1));
    for (const name of ["a", "b"]) void work.start(name);
    for (const name of ["U", "V"]) void work.start(name, true);
    await settled();
    expect(work.begun).toEqual(["a", "U"]);
    await work.end("a");
    expect(work.begun).toEqual(["a", "U"]);
    await work.end("U");
    expect(work.begun).toEqual(["a", "U", "V"]);
    await work.end("V");
    expect(work.begun).toEqual(["a", "U", "V", "b"]);
  });

  it("may become more or fewer", async () => {
    const places = createPlaces(2, 0);
    const work = openWork(places);
    for (const name of ["a", "b", "c", "d", "e"]) void work.start(name);
    await settled();
    expect(work.begun).toHaveLength(2);
    places.resize(4);
    await settled();
    expect(work.begun).toHaveLength(4);
    places.resize(1);
    for (const name of ["a", "b", "c"]) await work.end(name);
    expect(work.begun).toHaveLength(4);
    await work.end("d");
    expect(work.begun).toHaveLength(5);
  });

  it("are left free by work that fails", async () => {
    const places = createPlaces(1, 0);
    const failing = places.hold(false, () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    expect(await places.hold(false, async () => "next")).toBe("next");
  });
});
