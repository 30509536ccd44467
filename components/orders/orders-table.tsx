import { OrderRowCells } from "#components/orders/order-row-cells.tsx";
import { OrdersHead } from "#components/orders/orders-head.tsx";
import { Table, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import type { OrderRow } from "#lib/orders/types.ts";

const none: ReadonlySet<string> = new Set();

/**
 * Orders as a table; a click on a row opens the order. `brief` leaves out what a glance does not
 * need (customer reference, last look, who placed it), for the overview.
 */
export function OrdersTable({
  label,
  rows,
  brief = false,
  sticky = !brief,
  busy = false,
  gone = none,
}: {
  /** Names the table for screen readers. */
  label: string;
  rows: readonly OrderRow[];
  brief?: boolean;
  /** Keeps the head under the top bar. */
  sticky?: boolean;
  busy?: boolean;
  /** Ids of rows that no longer belong here and only wait for the pointer to leave. */
  gone?: ReadonlySet<string>;
}) {
  return (
    <Table label={label} sticky={sticky} busy={busy}>
      <OrdersHead brief={brief} />
      <OrderRows rows={rows} brief={brief} gone={gone} />
    </Table>
  );
}

/** The rows alone, for a table with its own head (`OrdersHead`). */
export function OrderRows({
  rows,
  brief = false,
  gone = none,
}: {
  rows: readonly OrderRow[];
  brief?: boolean;
  gone?: ReadonlySet<string>;
}) {
  return (
    <TBody>
      {rows.map((row) => (
        <TR key={row.id} link className={gone.has(row.id) ? "opacity-55" : ""}>
          <OrderRowCells row={row} brief={brief} gone={gone.has(row.id)} />
        </TR>
      ))}
    </TBody>
  );
}
