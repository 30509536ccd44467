type Sql = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

/**
 * Orders of the story that nothing moves by itself, by the reference of their customer: the same ones,
 * whatever tests have left before.
 */
export const STORY = {
  /** Completed, with two plain codes. */
  plain: "SHOP-10412",
  /** Paid for, and stands still at the supplier. */
  stalled: "SHOP-10444",
  /** In doubt between two supplier orders, until a person decides. */
  unconfirmed: "SHOP-10443",
} as const;

/** The ids of an order of the story, ours and the supplier's. */
export async function storyOrder(
  sql: Sql,
  name: keyof typeof STORY,
): Promise<{ id: string; supplierOrderId: string }> {
  const [order, ...others] = await sql(
    `select id::text, supplier_order_id::text as "supplierOrderId" from orders where customer_ref = $1`,
    [STORY[name]],
  );
  if (!order || others.length > 0) throw new Error(`The story has no one order ${STORY[name]}.`);
  return { id: String(order.id), supplierOrderId: String(order.supplierOrderId) };
}
