/** A column of sealed values, one a row: what turning the keys has to know of a room that it doesn't. */
export type SealedTable = {
  table: string;
  /** Of the primary key, a uuid. */
  key: string;
  column: string;
  /** What the value of this row is sealed for. */
  boundTo(id: string): string;
};
