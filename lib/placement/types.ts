/** How an account is treated; plain values that may travel to the browser. */
export type PlacementMode =
  /** Creating costs nothing, paying does: a lost create is simply made again. */
  | "create_is_free"
  /** Creating costs, and under one reference nothing is made twice, as a person has said: a lost create is repeated. */
  | "create_is_guarded"
  /** Creating costs, or nobody knows: what is unclear is counted out before anything is sent again. */
  | "create_may_charge";
