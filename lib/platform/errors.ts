/** Every way in which a verb can be refused by us (what a supplier refuses is a value, not an error). */
export type ErrorCode =
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "invalid"
  | "too_soon"
  /** Who asks has to prove once more who he is: the last time is too long ago for this. */
  | "proof_needed";

/** Thrown by verbs, mapped to an answer in one place per door. The message is for logs, not for people. */
export class KeyholdError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = "KeyholdError";
    this.code = code;
  }
}
