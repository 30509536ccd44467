"use client";

import { AlarmMenu } from "#components/alerts/alarm-menu.tsx";
import type { QueueFilter } from "#components/alerts/queue-filter.ts";
import { QueueFilterMenu } from "#components/alerts/queue-filter-menu.tsx";
import type { FilterControl } from "#components/live/use-address-filter.ts";
import { ShortcutHelp } from "#components/shell/shortcut-help.tsx";

/** What narrows the queue, what rings, and which keys there are. */
export function QueueTools({
  filter,
  change,
}: Pick<FilterControl<QueueFilter>, "filter" | "change">) {
  return (
    <>
      <QueueFilterMenu filter={filter} change={change} />
      <AlarmMenu />
      <span className="max-md:hidden">
        <ShortcutHelp />
      </span>
    </>
  );
}
