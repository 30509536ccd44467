"use client";

import { type Act, useAct } from "#components/acts/use-act.ts";

/** Reads that any move of a code makes old. */
const TOUCHED = [["codes"], ["stock"], ["code"], ["complaints"], ["order"]];

export const useCodeAct = (): Act => useAct(TOUCHED);
