import { describe, expect, it } from "vitest";
import { emptyDraft } from "./draft.ts";
import { type FormAction, type FormState, formReducer } from "./form-state.ts";
import { productOf } from "./product.fixture.ts";

const start: FormState = {
  draft: emptyDraft,
  clientRef: "",
  answered: false,
  orderId: null,
  restored: false,
};
const edit: FormAction = { kind: "changed", change: { kind: "mock", on: true }, ref: "new" };
const result = (...actions: FormAction[]) =>
  actions.reduce(formReducer, formReducer(start, { kind: "opened", ref: "first" }));

describe("the reference of an intent", () => {
  it("is made once, and outlives edits, fresh prices and answers that never came", () => {
    const state = result({ kind: "opened", ref: "again" }, edit, {
      kind: "confirmed",
      product: productOf(),
    });
    expect(state.clientRef).toBe("first");
  });

  it("stays when the same contents are sent again after a no, and is new for other contents", () => {
    expect(result({ kind: "answered" }).clientRef).toBe("first");
    expect(result({ kind: "answered" }, edit)).toMatchObject({ clientRef: "new", answered: false });
  });

  it("is new once the supplier has refused", () => {
    const state = result({ kind: "placed", orderId: "o" }, { kind: "renewed", ref: "second" });
    expect(state).toMatchObject({ clientRef: "second", orderId: null });
  });

  it("still means the unpaid order that somebody came back from, also after edits", () => {
    const state = result({ kind: "placed", orderId: "o" }, { kind: "released" }, edit);
    expect(state).toMatchObject({ clientRef: "first", orderId: null });
  });

  it("comes back with a restored form", () => {
    const stored: FormState = { ...start, clientRef: "stored", orderId: "o" };
    const state = result({ kind: "restored", state: stored });
    expect(state).toMatchObject({ clientRef: "stored", orderId: "o", restored: true });
  });
});
