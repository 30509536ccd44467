/** Numbers of escalation policies; browser-safe. */
const MINUTE = 60_000;

export const LONGEST_POLICY_NAME = 80;
export const MOST_STEPS = 12;
export const MOST_POLICIES = 50;
export const MOST_REPEATS = 20;
/** As the database has it. */
export const SHORTEST_REPEAT_MS = MINUTE;
export const LONGEST_WAIT_MS = 7 * 24 * 60 * MINUTE;
export const MINUTES_OF_DAY = 24 * 60;
