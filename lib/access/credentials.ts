import { z } from "zod";
import { LONGEST_PASSWORD } from "./password-limits.ts";

/** An e-mail as users are found by: trimmed and in lower case. */
export const email = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** As typed: a password is never trimmed. Longer ones would only cost time to hash. */
export const password = z.string().min(1).max(LONGEST_PASSWORD);
