/**
 * Every step at which a process may die, stop or lose its way, named where it stands in the code. The
 * simulation lets it happen at each of them; a step that nothing reaches fails a long run.
 *
 * Those marked *inside* lie within a transaction, where only dying is possible: it is rolled back.
 */
export const CRASH_POINTS = [
  // placeOrder
  "intent_unwritten", // before the transaction that writes the intent
  "intent_written", // inside, the last thing before its commit
  "intent_committed", // after it

  // workOnClaim
  "order_claimed", // the lease is taken, nothing else was done

  // sendAttempt
  "create_permit_wanted", // the call's turn has come, the attempt isn't written
  "create_permit_written", // inside, the last thing before the commit of the attempt
  "create_permit_committed", // after it, before anything is sent
  "create_answered", // what came back is in memory only
  "pay_permit_wanted",
  "pay_permit_written",
  "pay_permit_committed",
  "pay_answered",

  // the caller of the simulation, in place of the network
  "request_unsent", // connecting, no byte written
  "request_sent", // the whole body written, no answer
  "answer_read", // parsed, and told to nobody yet

  // lookAtOrder
  "look_unsent", // before the supplier is asked
  "look_answered", // codes are in memory only

  // searchOrder
  "search_unsent", // before the supplier is asked for our reference
  "search_page_read", // between two pages; how far it came is written down
  "search_answered", // in memory only

  // recordObservations
  "record_begun", // before its transaction
  "record_codes_stored", // inside, between the codes and the status
  "record_written", // inside, the last thing before its commit
  "record_committed", // after it

  // reconcileGates
  "gate_claimed", // the gate's lease is taken
  "gate_page_read", // between two pages of a listing
  "gate_listed", // a pass is read, not recorded
  "gate_pass_recorded", // between two passes, and between a pass and the decision
  "gate_decided", // inside, between the decision and what it writes
  "gate_settled", // claimed, declared not created or handed to a person; committed

  // auditAccounts
  "audit_claimed", // the account's lease is taken
  "audit_page_read", // read, not recorded
  "audit_page_recorded", // between two pages
  "audit_finished", // attributed and alerted; committed

  // sweepAccounts
  "sweep_claimed", // the account's lease is taken
  "sweep_page_read", // read, nothing of it recorded
  "sweep_page_recorded", // between two pages
  "sweep_finished", // what was missing is due; committed

  // a person's decision
  "decision_listed", // listed once more, nothing decided
  "decision_written", // inside, the last thing before its commit
  "decision_committed", // after it
] as const;

/** The same of deliveries: `lib/deliveries/crash-points.db.test.ts` lets a worker die at each of them. */
export const DELIVERY_CRASH_POINTS = [
  // deliver
  "delivery_claimed", // the try is counted and written down, nothing else was done
  "delivery_unsent", // the message is made, its codes in memory, no byte written
  "delivery_answered", // what came back is in memory only

  // recordResults
  "delivery_result_had", // before its transaction
  "delivery_result_judged", // inside, between the endpoints and the deliveries
  "delivery_result_written", // inside, the last thing before its commit
  "delivery_result_committed", // after it

  // runJobs
  "delivery_job_step_written", // inside, the last thing before its commit
  "delivery_job_step_committed", // between two steps
] as const;

export type CrashPoint = (typeof CRASH_POINTS)[number] | (typeof DELIVERY_CRASH_POINTS)[number];
