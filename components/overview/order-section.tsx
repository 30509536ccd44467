import { OrdersTable } from "#components/orders/orders-table.tsx";
import { Link } from "#components/ui/link.tsx";
import { Section } from "#components/ui/section.tsx";
import type { OrderRow } from "#lib/orders/types.ts";

/** A few orders under their name, with the way to all of their kind; or a line that says there are none. */
export function OrderSection({
  title,
  rows,
  none,
  all,
  href,
}: {
  title: string;
  rows: readonly OrderRow[];
  none: string;
  /** The words of the link to all of them. */
  all: string;
  href: string;
}) {
  const link = rows.length > 0 && (
    <Link href={href} className="text-xs">
      {all}
    </Link>
  );
  return (
    <Section title={title} action={link} flush className="min-w-0">
      {rows.length > 0 ? (
        <div className="border-t border-line">
          <OrdersTable label={title} rows={rows} brief />
        </div>
      ) : (
        <p className="px-gutter text-ink-2">{none}</p>
      )}
    </Section>
  );
}
