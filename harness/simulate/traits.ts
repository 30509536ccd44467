/** How the supplier of a run works: FoxReload's way, or as others do, on the same books. */
import type { SupplierTraits } from "#lib/suppliers/port.ts";

/** Beyond FoxReload's own traits; all of them take the money at once. */
const AT_CREATE = { payStep: "none" } as const;

export const TRAIT_SETS = {
  /** Asked for everything, and its orders are counted. */
  polled: {},
  /** A create may be repeated under its reference; it lists nothing. */
  guarded: { ...AT_CREATE, duplicateGuard: "reference", listsOrders: false },
  /** Orders are found by our reference; it lists nothing. */
  by_reference: { ...AT_CREATE, findsByReference: true, listsOrders: false },
  /** Orders are found by our reference, and it lists them too: nothing is frozen, and what is nobody's shows. */
  found_and_listed: { ...AT_CREATE, findsByReference: true },
  /** It tells, and can't be asked anything. */
  push: { ...AT_CREATE, push: "full", readsOrders: false, listsOrders: false },
  /** It tells, can be asked, and its orders are counted. */
  push_and_poll: { ...AT_CREATE, push: "full" },
  /** It tells that something happened, not what: the order is read before it counts. */
  thin: { ...AT_CREATE, push: "thin" },
  /** It tells that much by a socket, to one worker. */
  socket: { ...AT_CREATE, socket: true },
  /** As OZZOBiT: it delivers no codes, and says in every way that something happened. */
  no_codes: { ...AT_CREATE, findsByReference: true, codes: "none", push: "thin", socket: true },
} as const satisfies Record<string, Partial<SupplierTraits>>;

export type TraitsName = keyof typeof TRAIT_SETS;

export const isTraitsName = (name: string): name is TraitsName => Object.hasOwn(TRAIT_SETS, name);

export const traitsOf = (name: TraitsName): Partial<SupplierTraits> => TRAIT_SETS[name];
