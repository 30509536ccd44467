import type { CallCore, CallOrder, NotCalled, SupplierAccount } from "./account.ts";
import type { Outcome, SignIn, Supplier } from "./port.ts";

type InTurn = (
  core: CallCore,
  account: SupplierAccount,
  order: CallOrder,
  call: (supplier: Supplier) => Promise<Outcome<null>>,
) => Promise<Outcome<null> | NotCalled>;

type NotSigned = Exclude<Outcome<null>, { kind: "accepted" }> | NotCalled;

/** Signing in goes before calls, as a call of its own: with its own place and its own token. */
export type SignIns = {
  /**
   * Signs in where that is due, once for all who ask meanwhile. Null: the call may be made. A write is made even where
   * signing in failed: its adapter refuses it unsent, and that is written down as what became of it.
   */
  ready(core: CallCore, account: SupplierAccount, order: CallOrder): Promise<NotSigned | null>;
  /** What it was signed with had ended: a read may be made once more. */
  hasEnded(
    account: SupplierAccount,
    order: CallOrder,
    outcome: Outcome<unknown> | NotCalled,
  ): boolean;
};

export function createSignIns(
  supplierOf: (account: SupplierAccount) => Supplier,
  inTurn: InTurn,
): SignIns {
  const asking = new WeakMap<SignIn, Promise<Outcome<null> | NotCalled>>();

  function ask(
    core: CallCore,
    account: SupplierAccount,
    order: CallOrder,
    signIn: SignIn,
  ): Promise<Outcome<null> | NotCalled> {
    const { slice, patienceMs = 0 } = order;
    const how: CallOrder = { kind: "read", slice, what: "sign in", patienceMs };
    const asked = inTurn(core, account, how, (supplier) => (supplier.signIn ?? signIn).ask());
    asking.set(signIn, asked);
    return asked.finally(() => asking.delete(signIn));
  }

  return {
    async ready(core, account, order) {
      for (;;) {
        const { signIn } = supplierOf(account);
        if (!signIn?.isDue()) return null;
        const others = asking.get(signIn);
        const outcome = await (others ?? ask(core, account, order, signIn));
        if (outcome.kind === "accepted") return null;
        // Their share of the budget is used up; ours is another.
        if (others && outcome.kind === "not_called" && outcome.why === "budget") continue;
        return outcome.kind === "not_called" || order.kind === "read" ? outcome : null;
      }
    },
    hasEnded: (account, order, outcome) =>
      order.kind === "read" &&
      outcome.kind === "refused" &&
      outcome.refusal.class === "transient" &&
      outcome.refusal.httpStatus === 401 &&
      supplierOf(account).signIn !== undefined,
  };
}
