"use client";

import { clsx } from "clsx";
import { Layers, UserRound } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { RowStory } from "#components/alerts/row-story.tsx";
import { SeverityMark } from "#components/alerts/severity.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { shortId } from "#components/ui/short-id.ts";
import { RelativeTime } from "#components/ui/time.tsx";
import type { AlertRow } from "#lib/alerts/types.ts";

export const rowIdOf = (id: string): string => `alert-row-${id}`;

/** An alert in two lines, with a third for who decided what; a click anywhere opens it. */
export function QueueRow({
  row,
  href,
  me,
  open,
  gone,
  selected,
  selecting,
  onOpen,
  onSelect,
}: {
  row: AlertRow;
  href: string;
  /** The id of whoever looks; null where nobody can be assigned. */
  me: string | null;
  open: boolean;
  /** It no longer belongs to the list, and only waits for the pointer to leave. */
  gone: boolean;
  selected: boolean;
  /** Some are selected: every box is there. */
  selecting: boolean;
  onOpen: () => void;
  /** Undefined where nothing can be decided. */
  onSelect: (() => void) | undefined;
}) {
  const t = useTranslations("alerts");
  const title = t(`kind.${row.kind}.title`);
  const settled = row.state !== "open";
  return (
    <li
      id={rowIdOf(row.id)}
      className={clsx(
        "group/row relative flex scroll-my-12 items-start gap-2.5 border-b border-line py-2.5 pr-4 pl-(--gutter) lg:transition-colors",
        // Without room the two are never side by side.
        open ? "lg:bg-accent-soft lg:shadow-[inset_2px_0_0_var(--color-accent)]" : "hover:bg-hover",
        selected && !open && "bg-hover",
        gone && "opacity-55",
      )}
    >
      {onSelect && (
        <Checkbox
          label={<span className="sr-only">{t("queue.select", { title })}</span>}
          checked={selected}
          onChange={onSelect}
          className={clsx(
            // Beside the rows, where there is a pointer to find it; a finger has to see it.
            "z-1 pointer-fine:absolute pointer-fine:top-1.5 pointer-fine:left-0 pointer-fine:p-1",
            "pointer-coarse:relative pointer-coarse:-my-3 pointer-coarse:-ml-3 pointer-coarse:py-3 pointer-coarse:pr-1 pointer-coarse:pl-3",
            !selecting &&
              "pointer-fine:opacity-0 pointer-fine:group-hover/row:opacity-100 pointer-fine:focus-within:opacity-100",
          )}
        />
      )}
      <div className="grid min-w-0 flex-1 gap-0.5">
        <div className="flex min-w-0 items-center gap-2">
          <span className="relative z-1 inline-flex">
            <SeverityMark severity={row.severity} quiet={settled} />
          </span>
          <NextLink
            href={href}
            prefetch={false}
            aria-current={open ? "true" : undefined}
            onNavigate={(event) => {
              event.preventDefault();
              onOpen();
            }}
            className={clsx(
              "min-w-0 truncate rounded-sm after:absolute after:inset-0",
              settled ? "text-ink-2" : "font-medium",
            )}
          >
            {title}
          </NextLink>
          <RelativeTime
            at={row.state === "resolved" ? (row.resolvedAt ?? row.lastAt) : row.openedAt}
            focusable={false}
            className="relative z-1 ml-auto shrink-0 text-xs text-ink-3"
          />
        </div>
        <div className="flex min-w-0 items-center gap-2 text-xs text-ink-2">
          <span className="min-w-0 truncate">
            <About row={row} />
          </span>
          <Marks row={row} me={me} />
        </div>
        <RowStory row={row} />
      </div>
    </li>
  );
}

/** Of what: the goods and the order, or the name of whatever it is about. */
function About({ row: { order, about, supplierName, isGroup, occurrences } }: { row: AlertRow }) {
  const t = useTranslations("alerts.queue");
  if (isGroup) {
    return (
      <>
        <Layers aria-hidden className="mr-1 inline size-3.5 align-[-0.1875rem]" />
        {[t("orders", { count: occurrences }), supplierName].filter(Boolean).join(" · ")}
      </>
    );
  }
  if (order) {
    return (
      <>
        {order.goods} <span className="font-mono text-ink-3">{shortId(order.id)}</span>
      </>
    );
  }
  return [about, supplierName === about ? null : supplierName].filter(Boolean).join(" · ");
}

function Marks({ row, me }: { row: AlertRow; me: string | null }) {
  const t = useTranslations("alerts.queue");
  const { occurrences, standing, reopened, assignee, isGroup, isMock } = row;
  return (
    <span className="relative z-1 ml-auto flex shrink-0 items-center gap-2">
      {isMock && <span className="text-mock">{t("mock")}</span>}
      {reopened > 0 && (
        <span data-tip={t("againTip", { count: reopened })} className="text-look">
          {t("again")}
        </span>
      )}
      {occurrences > 1 && !isGroup && (
        <span data-tip={t("timesTip", { count: occurrences, standing })}>
          {t("times", { count: occurrences })}
        </span>
      )}
      {assignee && (
        <span
          data-tip={assignee.id === me ? t("assignedMe") : t("assigned", { name: assignee.name })}
          className={clsx(
            "flex max-w-24 items-center gap-1 truncate [&_.lucide]:size-3.5",
            assignee.id === me && "font-medium text-accent",
          )}
        >
          <UserRound aria-hidden />
          <span className="truncate">{assignee.id === me ? t("me") : assignee.name}</span>
        </span>
      )}
    </span>
  );
}
