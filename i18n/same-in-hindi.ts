/** Messages that are rightly the same in English and Hindi: names, signs, pure arguments. */
export const sameInHindi: readonly string[] = [
  "codeParts.part.iccid",
  "deliveries.channel.bullmq",
  "deliveries.channel.sqs",
  "deliveryActs.page.title",
  "inbox.list.repeats",
  "supplierOrders.whose.said",
  "ui.time.exact",
];
