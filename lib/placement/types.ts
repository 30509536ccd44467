/** How an account is treated; plain values that may travel to the browser. */
export type PlacementMode =
  /** Creating costs nothing, paying does: a lost create is simply made again. */
  | "create_is_free"
  /** Creating costs, or nobody knows: what is unclear is counted out before anything is sent again. */
  | "create_may_charge";
