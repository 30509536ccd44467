import { type Actor, can } from "#lib/access/actor.ts";
import type { CodeRights } from "./types.ts";

/** What pages offer; each verb asks again. */
export const codeRights = (actor: Actor): CodeRights => ({
  reveal: can(actor, "codes.reveal"),
  find: can(actor, "codes.find"),
  handOut: can(actor, "codes.hand_out"),
  mark: can(actor, "codes.mark"),
  import: can(actor, "codes.import"),
  stock: can(actor, "codes.stock"),
});
