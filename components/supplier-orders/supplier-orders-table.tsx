import { useTranslations } from "next-intl";
import { MockBadge } from "#components/orders/mock-badge.tsx";
import { idOf, type RowQuestion } from "#components/supplier-orders/row-question.ts";
import { SupplierWord } from "#components/supplier-orders/supplier-word.tsx";
import { Whose } from "#components/supplier-orders/whose.tsx";
import { Money } from "#components/ui/money.tsx";
import { MonoId } from "#components/ui/mono-id.tsx";
import { Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { SupplierOrderRow } from "#lib/reconcile/types.ts";

/** Supplier orders as a table: what was ordered there, when it was seen, and whose it is. */
export function SupplierOrdersTable({
  rows,
  gone,
  busy,
  onAsk,
}: {
  rows: readonly SupplierOrderRow[];
  /** Ids of rows that no longer belong here and only wait for the pointer to leave. */
  gone: ReadonlySet<string>;
  busy: boolean;
  /** Left out for whoever may not decide. */
  onAsk?: (question: RowQuestion) => void;
}) {
  const t = useTranslations("supplierOrders.table");
  return (
    <Table label={t("label")} busy={busy}>
      <THead>
        <TH>{t("word")}</TH>
        <TH>{t("id")}</TH>
        <TH grow>{t("items")}</TH>
        <TH align="end">{t("total")}</TH>
        <TH align="end" from="lg">
          {t("created")}
        </TH>
        <TH align="end" from="wide">
          {t("seen")}
        </TH>
        <TH>{t("whose")}</TH>
      </THead>
      <TBody>
        {rows.map((row) => {
          const id = idOf(row);
          const left = gone.has(id);
          return (
            <TR key={id} className={left ? "opacity-55" : ""}>
              <TD phone="meta">
                <span {...(left && { "data-tip": t("gone") })}>
                  <SupplierWord row={row} />
                </span>
              </TD>
              <TD phone="end">
                <MonoId value={row.supplierOrderId} copyLabel={t("copy")} />
              </TD>
              <TD grow phone="title">
                <span className="flex min-w-0 items-center gap-2">
                  <Items row={row} />
                  {row.isMock && <MockBadge tight />}
                </span>
              </TD>
              <TD align="end" phone="side">
                <Money amount={row.total} currency={row.currency ?? ""} />
              </TD>
              <TD align="end" from="lg">
                {row.createdAt ? <RelativeTime at={row.createdAt} focusable={false} /> : "–"}
              </TD>
              <TD align="end" from="wide">
                <RelativeTime at={row.firstSeenAt} focusable={false} />
              </TD>
              <TD phone="full">
                <Whose row={row} {...(onAsk && !left && { onAsk })} />
              </TD>
            </TR>
          );
        })}
      </TBody>
    </Table>
  );
}

function Items({ row: { items } }: { row: SupplierOrderRow }) {
  const t = useTranslations("supplierOrders.table");
  const [first, ...further] = items;
  if (!first) return <span className="text-ink-3">{t("noItems")}</span>;
  const name = ({ name: what, quantity }: typeof first) =>
    quantity === null ? what : `${quantity} × ${what}`;
  return (
    <span className="truncate font-medium">
      {name(first)}
      {further.length > 0 && (
        <span className="font-normal text-ink-3" data-tip={further.map(name).join("\n")}>
          {" "}
          {t("more", { count: further.length })}
        </span>
      )}
    </span>
  );
}
