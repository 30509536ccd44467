"use client";

import { useEffect, useMemo, useReducer, useRef } from "react";
import type { ProductView } from "#lib/catalog/types.ts";
import { type Change, type Draft, emptyDraft } from "./draft.ts";
import { type FormState, formReducer } from "./form-state.ts";
import { newReference } from "./new-reference.ts";
import { forgetForm, loadForm, saveForm } from "./stored-form.ts";

export type FormControl = {
  state: FormState;
  change: (change: Change) => void;
  /** The supplier's present word on a product. */
  confirm: (product: ProductView) => void;
  /** Our server said no; see `formReducer` for what these four mean to the reference. */
  answered: () => void;
  placed: (orderId: string) => void;
  release: () => void;
  renew: () => void;
  startOver: () => void;
};

/** The form's contents and the reference of its intent, kept in the tab. */
export function useForm(userId: string, source: string, prefill: Draft | null): FormControl {
  const [state, dispatch] = useReducer(formReducer, {
    draft: prefill ?? emptyDraft,
    clientRef: "",
    answered: false,
    orderId: null,
    restored: false,
  });

  useEffect(() => {
    const stored = loadForm(userId, source);
    dispatch(
      stored ? { kind: "restored", state: stored } : { kind: "opened", ref: newReference() },
    );
  }, [userId, source]);

  useEffect(() => {
    if (state.clientRef) saveForm(userId, source, state);
  }, [userId, source, state]);

  // Whoever goes elsewhere while the supplier is asked finds the order in the list, not here.
  const waiting = useRef(false);
  useEffect(() => {
    waiting.current = state.orderId !== null;
  }, [state.orderId]);
  useEffect(
    () => () => {
      if (waiting.current) forgetForm();
    },
    [],
  );

  const does = useMemo(
    () => ({
      change: (change: Change) => dispatch({ kind: "changed", change, ref: newReference() }),
      confirm: (product: ProductView) => dispatch({ kind: "confirmed", product }),
      answered: () => dispatch({ kind: "answered" }),
      placed: (orderId: string) => dispatch({ kind: "placed", orderId }),
      release: () => dispatch({ kind: "released" }),
      renew: () => dispatch({ kind: "renewed", ref: newReference() }),
      startOver: () => {
        forgetForm();
        dispatch({ kind: "cleared", draft: emptyDraft, ref: newReference() });
      },
    }),
    [],
  );
  return { state, ...does };
}
