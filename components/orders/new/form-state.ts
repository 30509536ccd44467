import type { ProductView } from "#lib/catalog/types.ts";
import { type Change, changeDraft, confirmProduct, type Draft } from "./draft.ts";

export type FormState = {
  draft: Draft;
  /** Names the intent: whatever is sent under it is one order. Empty until the page is alive. */
  clientRef: string;
  /** The server has said no to what was sent under this reference. */
  answered: boolean;
  /** The order that the intent has become, while the supplier's answer is awaited. */
  orderId: string | null;
  /** The draft was typed before, and found again. */
  restored: boolean;
};

/** `ref` is always a fresh reference, for where one is needed. */
export type FormAction =
  | { kind: "opened"; ref: string }
  | { kind: "restored"; state: FormState }
  | { kind: "changed"; change: Change; ref: string }
  | { kind: "confirmed"; product: ProductView }
  | { kind: "answered" }
  | { kind: "placed"; orderId: string }
  | { kind: "released" }
  | { kind: "renewed"; ref: string }
  | { kind: "cleared"; draft: Draft; ref: string };

/**
 * The form and its intent. The reference stays as long as an order may have come of it: through
 * double clicks, lost answers and reloads. It is renewed only when the supplier has refused
 * (`renewed`), or when the contents change after our own server has said no. Back from an order that
 * exists unpaid (`released`), the form still means that one.
 */
export function formReducer(state: FormState, action: FormAction): FormState {
  switch (action.kind) {
    case "opened":
      return state.clientRef ? state : { ...state, clientRef: action.ref };
    case "restored":
      return { ...action.state, restored: true };
    case "changed": {
      const draft = changeDraft(state.draft, action.change);
      const renew = state.answered ? { clientRef: action.ref, answered: false } : {};
      return { ...state, draft, ...renew };
    }
    case "confirmed":
      return { ...state, draft: confirmProduct(state.draft, action.product) };
    case "answered":
      return { ...state, answered: true };
    case "placed":
      return { ...state, orderId: action.orderId };
    case "released":
      return { ...state, orderId: null };
    case "renewed":
      return { ...state, clientRef: action.ref, answered: false, orderId: null };
    case "cleared":
      return {
        draft: action.draft,
        clientRef: action.ref,
        answered: false,
        orderId: null,
        restored: false,
      };
  }
}
