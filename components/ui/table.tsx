import { clsx } from "clsx";
import NextLink from "next/link";
import type { ComponentProps, ReactNode } from "react";

/** From which window width on a column is there; on phones `phone` alone decides. */
type From = "lg" | "xl" | "wide";

type CellProps = {
  align?: "end";
  /** This column takes the room that is left, and cuts its text. One a table. */
  grow?: boolean;
  from?: From;
};

// Roles are spelt out because the two-line rows of phones give up `display: table`, and with it
// some browsers give up the table's meaning.
const roles = {
  table: { role: "table" },
  rowgroup: { role: "rowgroup" },
  row: { role: "row" },
  columnheader: { role: "columnheader" },
  cell: { role: "cell" },
};

/** An edge-to-edge table. `label` names it; `sticky` keeps the head under the top bar. */
export function Table({
  label,
  sticky = true,
  busy = false,
  children,
}: {
  label: string;
  sticky?: boolean;
  /** Newer rows are on their way: the old ones fade a little and stay. */
  busy?: boolean;
  children: ReactNode;
}) {
  return (
    <table
      {...roles.table}
      aria-label={label}
      aria-busy={busy}
      {...(sticky && { "data-sticky": "" })}
      className={clsx("kh-table transition-opacity", busy && "opacity-60")}
    >
      {children}
    </table>
  );
}

/** The head; its children are `TH`. */
export function THead({ children }: { children: ReactNode }) {
  return (
    <thead {...roles.rowgroup}>
      <tr {...roles.row}>{children}</tr>
    </thead>
  );
}

export function TH({
  align,
  grow = false,
  from,
  hideLabel = false,
  children,
  ...rest
}: CellProps & { hideLabel?: boolean; children?: ReactNode } & Pick<
    ComponentProps<"th">,
    "aria-sort" | "className"
  >) {
  return (
    <th
      {...rest}
      scope="col"
      {...roles.columnheader}
      data-align={align}
      data-from={from}
      {...(grow && { "data-grow": "" })}
    >
      {hideLabel ? <span className="sr-only">{children}</span> : children}
    </th>
  );
}

export function TR({
  link = false,
  selected = false,
  fresh = false,
  children,
  className,
}: {
  /** The row holds a `RowLink`, and a click anywhere on it follows that. */
  link?: boolean;
  selected?: boolean;
  /** Just arrived: fades in. */
  fresh?: boolean;
  children: ReactNode;
  className?: string;
}) {
  return (
    <tr
      {...roles.row}
      {...(link && { "data-link": "" })}
      {...(selected && { "data-selected": "" })}
      {...(fresh && { "data-fresh": "" })}
      className={className}
    >
      {children}
    </tr>
  );
}

export function TD({
  align,
  grow = false,
  from,
  phone,
  children,
  className,
}: CellProps & {
  /**
   * Where the cell goes in the two lines of a phone's row: `title` and `side` above, `meta` and
   * `end` below, `full` on a line of its own. Without it the cell stays away on phones.
   */
  phone?: "title" | "side" | "meta" | "end" | "full";
  children?: ReactNode;
  className?: string;
}) {
  return (
    <td
      {...roles.cell}
      data-align={align}
      data-phone={phone}
      data-from={from}
      {...(grow && { "data-grow": "" })}
      className={clsx(grow && "truncate", className)}
    >
      {children}
    </td>
  );
}

/** The real link of a row, in its first cell. Clicks elsewhere on the row are led to it. */
export function RowLink({ className, ...rest }: ComponentProps<typeof NextLink>) {
  return (
    <NextLink
      prefetch={false}
      data-row-link=""
      className={clsx("rounded-sm", className)}
      {...rest}
    />
  );
}
