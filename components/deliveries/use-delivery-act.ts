"use client";

import { type Act, useAct } from "#components/acts/use-act.ts";

/** Reads that anything done to a delivery makes old. */
const TOUCHED = [
  ["deliveries"],
  ["delivery"],
  ["delivery_jobs"],
  ["endpoints"],
  ["endpoint"],
  ["shell"],
];

export const useDeliveryAct = (): Act => useAct(TOUCHED);
