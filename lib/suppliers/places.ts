/** Places for calls in flight. Whoever buys comes first, and finds one kept free of everybody else. */
export type Places = {
  /** How many there are; those who hold one keep it. */
  resize(size: number): void;
  size(): number;
  /** Runs it in a place, as soon as there is one. */
  hold<T>(isUrgent: boolean, work: () => Promise<T>): Promise<T>;
};

/** @param kept so many are for urgent work only; others have at least one */
export function createPlaces(initialSize: number, kept: number): Places {
  let size = initialSize;
  let held = 0;
  let others = 0;
  const urgentWaiting: (() => void)[] = [];
  const othersWaiting: (() => void)[] = [];

  /** Lets in as many as there is room for. A place is taken here, so that nobody slips in between. */
  function admit(): void {
    // However few there are, one who buys doesn't wait for those who don't.
    while ((held < size || held === others) && urgentWaiting.length > 0) {
      held += 1;
      urgentWaiting.shift()?.();
    }
    while (held < size && others < Math.max(1, size - kept) && othersWaiting.length > 0) {
      held += 1;
      others += 1;
      othersWaiting.shift()?.();
    }
  }

  return {
    size: () => size,
    resize(next) {
      size = next;
      admit();
    },
    async hold(isUrgent, work) {
      await new Promise<void>((go) => {
        (isUrgent ? urgentWaiting : othersWaiting).push(go);
        admit();
      });
      try {
        return await work();
      } finally {
        held -= 1;
        if (!isUrgent) others -= 1;
        admit();
      }
    },
  };
}
