"use client";

import { type Act, useAct } from "#components/acts/use-act.ts";

/** Reads that any change of an account makes old. */
const TOUCHED = [["supplier_accounts"], ["supplier_account"], ["suppliers"], ["shell"]];

export const useAccountAct = (): Act => useAct(TOUCHED);
