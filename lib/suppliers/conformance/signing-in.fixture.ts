import type { Outcome, Supplier } from "../port.ts";

/** A supplier that signs in by itself before a call, where that is due; else that is what accounts do. */
export function signingIn(supplier: Supplier): Supplier {
  const { signIn } = supplier;
  if (!signIn) return supplier;
  async function first<T>(call: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    if (signIn?.isDue()) await signIn.ask();
    return call();
  }
  return {
    ...supplier,
    createOrder: (...asked) => first(() => supplier.createOrder(...asked)),
    payOrder: (...asked) => first(() => supplier.payOrder(...asked)),
    getOrder: (...asked) => first(() => supplier.getOrder(...asked)),
    findOrder: (...asked) => first(() => supplier.findOrder(...asked)),
    listOrders: (...asked) => first(() => supplier.listOrders(...asked)),
    getBalances: () => first(() => supplier.getBalances()),
    getProduct: (...asked) => first(() => supplier.getProduct(...asked)),
    listCategories: (...asked) => first(() => supplier.listCategories(...asked)),
    listProducts: (...asked) => first(() => supplier.listProducts(...asked)),
  };
}
