/** How many a job is about is counted up to this before it begins. */
export const JOB_COUNTED_TO = 10_000;
