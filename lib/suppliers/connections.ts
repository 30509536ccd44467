import type { Supplier } from "./port.ts";

type Account = { id: string; slug: string; supplier: Supplier };

/**
 * The accounts that there are now, each by one connection. Another one takes the place of an old one
 * at once; the old one is closed when the last call that began with it has ended.
 */
export type Connections<A extends Account> = {
  all(): A[];
  byId(id: string): A | null;
  bySlug(slug: string): A | null;
  replace(next: A[]): void;
  /** Makes a call over the connection that the account has at this moment. */
  use<T>(account: A, call: (supplier: Supplier) => Promise<T>): Promise<T>;
  /** All of them, old ones too; calls in flight are finished first. */
  close(): Promise<void>;
};

export function createConnections<A extends Account>(initial: A[]): Connections<A> {
  let accounts = initial;
  const callsOver = new Map<Supplier, number>();
  const retired = new Set<Supplier>();
  const closing = new Set<Promise<unknown>>();

  function closeUnused(supplier: Supplier): void {
    if (!retired.has(supplier) || callsOver.has(supplier)) return;
    retired.delete(supplier);
    const closed = supplier
      .close()
      .catch(() => undefined)
      .finally(() => closing.delete(closed));
    closing.add(closed);
  }

  const byId = (id: string): A | null => accounts.find((one) => one.id === id) ?? null;

  return {
    all: () => accounts,
    byId,
    bySlug: (slug) => accounts.find((one) => one.slug === slug) ?? null,
    replace(next) {
      const kept = new Set(next.map(({ supplier }) => supplier));
      const old = accounts.filter(({ supplier }) => !kept.has(supplier));
      accounts = next;
      for (const { supplier } of old) {
        retired.add(supplier);
        closeUnused(supplier);
      }
    },
    async use(account, call) {
      const { supplier } = byId(account.id) ?? account;
      callsOver.set(supplier, (callsOver.get(supplier) ?? 0) + 1);
      try {
        return await call(supplier);
      } finally {
        const left = (callsOver.get(supplier) ?? 1) - 1;
        if (left > 0) callsOver.set(supplier, left);
        else callsOver.delete(supplier);
        closeUnused(supplier);
      }
    },
    async close() {
      await Promise.all([
        ...accounts.map(({ supplier }) => supplier.close()),
        ...[...retired].map((supplier) => supplier.close()),
        ...closing,
      ]);
    },
  };
}
