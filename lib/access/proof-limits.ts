/** A sensitive act (a code in the open) wants a proof of who is there that is no older than this. */
export const PROOF_MINUTES = 5;
