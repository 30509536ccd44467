import { createHash } from "node:crypto";
import type { Doubt } from "./doubt.ts";

/**
 * One word for what a person decides on: the unclear sends and the candidates with their states. A
 * decision made on another picture than the present one is refused.
 */
export function pictureOf({ sends, outstanding, candidates }: Doubt): string {
  const facts = [
    sends.map(({ attemptId }) => attemptId).sort(),
    outstanding,
    candidates
      .map(({ supplierOrderId, state, match }) => `${supplierOrderId} ${state} ${match}`)
      .sort(),
  ];
  return createHash("sha256").update(JSON.stringify(facts)).digest("base64url");
}
