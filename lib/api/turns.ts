/** Lets so many do something at once; the others wait in memory, in the order of asking. */
export type Turns = {
  /** Null, without having done it, where too many wait already. */
  take<T>(act: () => Promise<T>): Promise<T | null>;
  /** Comes back as soon as nobody is at it, or with false after so long. */
  rest(mostMs: number): Promise<boolean>;
};

/**
 * Whoever waits for a lock of the database holds one of its few connections meanwhile: here waiting costs
 * nothing, and reads go on.
 */
export function createTurns(atOnce: number, mostWaiting: number): Turns {
  let running = 0;
  const waiting: (() => void)[] = [];
  const resting = new Set<() => void>();

  function end(): void {
    running--;
    if (running > 0) return;
    for (const wake of resting) wake();
  }

  return {
    async take(act) {
      if (running >= atOnce) {
        if (waiting.length >= mostWaiting) return null;
        // Whoever ends hands his turn on: it is never free in between.
        await new Promise<void>((resolve) => waiting.push(resolve));
      } else running++;
      try {
        return await act();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else end();
      }
    },
    async rest(mostMs) {
      if (running === 0) return true;
      if (mostMs <= 0) return false;
      return new Promise((resolve) => {
        const end = (isResting: boolean) => {
          clearTimeout(timer);
          resting.delete(wake);
          resolve(isResting);
        };
        const wake = () => end(true);
        const timer = setTimeout(() => end(false), mostMs);
        resting.add(wake);
      });
    },
  };
}
