import { ListFilter } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClass } from "#components/ui/button-class.ts";
import { Popover } from "#components/ui/popover.tsx";

/** The button that opens a list's filters, with how many are set. */
export function FilterPopover({
  label,
  count,
  align = "start",
  preload,
  children,
}: {
  label: string;
  count: number;
  align?: "start" | "end";
  /** Fetches the panel's code, before it is opened. */
  preload: () => Promise<unknown>;
  /** The panel. */
  children: ReactNode;
}) {
  return (
    <Popover
      label={label}
      align={align}
      preload={preload}
      button={
        <>
          <ListFilter aria-hidden />
          {label}
          {count > 0 && <span className="text-ink-3">{count}</span>}
        </>
      }
      buttonProps={{ className: buttonClass() }}
    >
      {children}
    </Popover>
  );
}
