/** Texts that are marked, and the search for them. */
import { randomBytes } from "node:crypto";
import { spellingsOf } from "#prisma/dump.fixture.ts";

/** Marked so that it stands nowhere by chance. */
export const canary = (what: string): string =>
  `CNRY-${what}-${randomBytes(9).toString("hex").toUpperCase()}`;

/** Those of the secrets that a text tells, however it spells them. */
export const leaks = (secrets: readonly string[], text: string): string[] =>
  secrets.filter((secret) => spellingsOf(secret).some((spelling) => text.includes(spelling)));
