import { clsx } from "clsx";
import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { EndpointName } from "#components/deliveries/channel.tsx";
import { DeliveryOutcome } from "#components/deliveries/delivery-outcome.tsx";
import { DeliveryStateBadge } from "#components/deliveries/delivery-state.tsx";
import { EventAboutWords } from "#components/deliveries/event-about.tsx";
import { MockBadge } from "#components/deliveries/mock-badge.tsx";
import { RowLink, Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { DeliveryRow } from "#lib/deliveries/read-deliveries.ts";

/** Deliveries as a table; a row leads to everything about it. */
export function DeliveriesTable({
  label,
  rows,
  gone,
  busy,
  ofOrder = false,
}: {
  label: string;
  rows: readonly DeliveryRow[];
  /** Ids of rows that no longer belong here and only wait for the pointer to leave. */
  gone?: ReadonlySet<string>;
  busy?: boolean;
  /** All of one order: it needn't be said in each row what it is about. */
  ofOrder?: boolean;
}) {
  const t = useTranslations("deliveries");
  const outcome = ofOrder ? { grow: true } : { from: "lg" as const };
  return (
    <Table label={label} busy={busy ?? false} sticky={!ofOrder}>
      <THead>
        <TH>{t("state.label")}</TH>
        <TH grow={!ofOrder}>{t("event")}</TH>
        <TH>{t("endpoint")}</TH>
        <TH {...outcome}>{t("outcome")}</TH>
        {!ofOrder && (
          <TH align="end" from="xl">
            {t("tries")}
          </TH>
        )}
        <TH align="end">{t("at")}</TH>
      </THead>
      <TBody>
        {rows.map((row) => (
          <TR key={row.id} link className={gone?.has(row.id) ? "opacity-55" : ""}>
            <TD phone="side">
              <DeliveryStateBadge state={row.state} isTrying={row.isTrying} />
            </TD>
            <TD grow={!ofOrder} phone="title">
              <span className="flex min-w-0 items-center gap-2">
                <RowLink href={`/deliveries/${row.id}`} className="shrink-0 font-mono text-xs">
                  {row.eventType}
                </RowLink>
                {!ofOrder && (
                  <span className="truncate text-ink-2">
                    <EventAboutWords about={row.about} />
                  </span>
                )}
                {row.isResend && (
                  <span
                    data-tip={t("resent")}
                    className="inline-flex shrink-0 text-ink-3 [&_.lucide]:size-3.5"
                  >
                    <RotateCcw aria-hidden />
                    <span className="sr-only">{t("resent")}</span>
                  </span>
                )}
                {row.isMock && !ofOrder && <MockBadge />}
              </span>
            </TD>
            <TD phone="meta">
              <span className="block max-w-48 truncate max-md:max-w-56">
                {row.endpoint ? (
                  <EndpointName {...row.endpoint} />
                ) : (
                  <span className="text-ink-3 max-md:hidden">–</span>
                )}
                {row.state !== "success" && (
                  <span className="text-ink-3 md:hidden">
                    {row.endpoint && " · "}
                    <DeliveryOutcome row={row} />
                  </span>
                )}
              </span>
            </TD>
            <TD {...outcome}>
              <span
                className={clsx(
                  "block truncate text-ink-2 first-letter:uppercase",
                  !ofOrder && "max-w-64",
                )}
              >
                <DeliveryOutcome row={row} />
              </span>
            </TD>
            {!ofOrder && (
              <TD align="end" from="xl">
                {row.tries}
              </TD>
            )}
            <TD align="end" phone="end">
              <RelativeTime at={row.createdAt} focusable={false} />
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}
