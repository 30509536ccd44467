"use client";

import { useFormatter, useTranslations } from "next-intl";
import { MessageStateBadge } from "#components/inbox/message-state.tsx";
import { ProblemWords } from "#components/inbox/problem-words.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { shortId } from "#components/ui/short-id.ts";
import { RowLink, Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { InboxRow } from "#lib/inbound/types.ts";

/** A row a message: what it says happened, whose it is, and what became of it. Never what is in it. */
export function MessagesTable({
  rows,
  gone,
  busy,
  label,
}: {
  rows: readonly InboxRow[];
  /** Those that no longer belong to the list. */
  gone: ReadonlySet<string>;
  busy: boolean;
  label: string;
}) {
  const t = useTranslations("inbox.list");
  return (
    <Table label={label} busy={busy}>
      <THead>
        <TH>{t("event")}</TH>
        <TH>{t("state")}</TH>
        <TH from="lg">{t("supplier")}</TH>
        <TH from="lg">{t("order")}</TH>
        <TH grow>{t("note")}</TH>
        <TH align="end">{t("received")}</TH>
      </THead>
      <TBody>
        {rows.map((row) => (
          <Row key={row.id} row={row} isGone={gone.has(row.id)} />
        ))}
      </TBody>
    </Table>
  );
}

function Row({ row, isGone }: { row: InboxRow; isGone: boolean }) {
  const t = useTranslations("inbox.list");
  const format = useFormatter();
  return (
    <TR link className={isGone ? "opacity-55" : ""}>
      <TD phone="title">
        <RowLink href={`/suppliers/inbox/${row.id}`} className="font-mono text-xs font-medium">
          {row.event ?? t("unread")}
        </RowLink>
      </TD>
      <TD phone="side">
        <MessageStateBadge state={row.state} />
      </TD>
      <TD from="lg">
        <span className="block max-w-48 truncate">{row.supplier.name}</span>
      </TD>
      <TD from="lg">
        {row.orderId ? (
          <code className="font-mono text-xs">{shortId(row.orderId)}</code>
        ) : (
          <span className="text-ink-3">–</span>
        )}
      </TD>
      <TD grow phone="meta">
        <span className="lg:hidden">{row.supplier.name} </span>
        {row.problem && (
          <span className="text-look">
            <ProblemWords problem={row.problem} />{" "}
          </span>
        )}
        {row.repeats > 0 && (
          <Badge tip={t("repeatsTip")}>
            {t("repeats", { count: format.number(row.repeats, "count") })}
          </Badge>
        )}
        {row.via === "socket" && <Badge>{t("socket")}</Badge>}
      </TD>
      <TD align="end" phone="end">
        <RelativeTime at={row.receivedAt} focusable={false} />
      </TD>
    </TR>
  );
}
