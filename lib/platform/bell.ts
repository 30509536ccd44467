/** Something to wait for that can be rung from outside; a ring while nobody waits is not lost. */
export type Bell = { ring(): void; heard(): Promise<void> };

const NOBODY = () => undefined;

export function createBell(): Bell {
  let wake: () => void = NOBODY;
  let rung = false;
  return {
    ring: () => {
      rung = wake === NOBODY;
      wake();
      wake = NOBODY;
    },
    /** The next ring, or one that came since this was last asked. */
    heard: () => {
      if (rung) {
        rung = false;
        return Promise.resolve();
      }
      return new Promise<void>((resolve) => {
        wake = resolve;
      });
    },
  };
}
