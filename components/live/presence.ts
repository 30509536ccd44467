/** A person who hasn't touched anything for this long is taken for absent. */
const PRESENT_MS = 60_000;
let lastTouched = 0;

if (typeof window !== "undefined") {
  const touch = () => {
    lastTouched = Date.now();
  };
  for (const kind of ["pointerdown", "keydown"]) {
    window.addEventListener(kind, touch, { passive: true, capture: true });
  }
}

/**
 * The header by which a page says that it reads by itself: that alone doesn't keep the session of an
 * unattended screen alive.
 */
export function presenceHeaders(): Record<string, string> {
  return Date.now() - lastTouched > PRESENT_MS ? { "x-keyhold-passive": "1" } : {};
}
