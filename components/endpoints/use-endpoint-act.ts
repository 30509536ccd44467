"use client";

import { type Act, useAct } from "#components/acts/use-act.ts";

/** Reads that any change of an endpoint makes old. */
const TOUCHED = [["endpoints"], ["endpoint"], ["endpoint_health"], ["deliveries"], ["shell"]];
/** The same without what is deleted. */
export const TOUCHED_BY_DELETION = [["endpoints"], ["shell"]];

export const useEndpointAct = (): Act => useAct(TOUCHED);
