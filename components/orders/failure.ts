import type { Problem } from "#app/_server/problem.ts";

/** What a door answered, or that it could not be reached at all. */
export type Failure = Problem | { code: "unreachable"; reference: null };

export const unreachable: Failure = { code: "unreachable", reference: null };
