"use client";

import { type Act, useAct } from "#components/acts/use-act.ts";

/** Reads that any change of a key makes old. */
const TOUCHED = [["api_keys"]];

export const useKeyAct = (): Act => useAct(TOUCHED);
