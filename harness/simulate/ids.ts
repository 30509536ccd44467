import { draw } from "./chance.ts";

/**
 * UUIDv7 as the product makes them, from the virtual clock and a name: they sort by the time of their
 * making, and are the same in every run of a seed.
 */
export function createIds(now: () => number, name: string): () => string {
  let made = 0;
  return () => {
    made += 1;
    const time = now().toString(16).padStart(12, "0");
    const turn = (made & 0xfff).toString(16).padStart(3, "0");
    const high = (0x8000 + Math.floor(draw(name, made, "a") * 0x4000)).toString(16);
    const low = Math.floor(draw(name, made, "b") * 2 ** 48)
      .toString(16)
      .padStart(12, "0");
    return `${time.slice(0, 8)}-${time.slice(8)}-7${turn}-${high}-${low}`;
  };
}
