/** What is read anew once somebody has dealt with messages. */
export const TOUCHED = [
  ["inbox"],
  ["inbox_message"],
  ["supplier_accounts"],
  ["supplier_account"],
  ["shell"],
];
