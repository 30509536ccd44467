/** Messages that are rightly the same in English and Hindi: names, signs, pure arguments. */
export const sameInHindi: readonly string[] = [
  "codeParts.part.iccid",
  "supplierOrders.whose.said",
  "ui.time.exact",
];
