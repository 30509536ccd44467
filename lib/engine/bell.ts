/** Something to wait for that can be rung from outside; a ring while nobody waits is not lost. */
export type Bell = { ring(): void; heard(): Promise<void> };

export function createBell(): Bell {
  let wake: () => void = () => undefined;
  let rung = false;
  return {
    ring: () => {
      rung = true;
      wake();
    },
    /** The next ring, or one that came since this was last asked. */
    heard: () => {
      const missed = rung;
      rung = false;
      if (missed) return Promise.resolve();
      return new Promise<void>((resolve) => {
        wake = () => {
          rung = false;
          resolve();
        };
      });
    },
  };
}
