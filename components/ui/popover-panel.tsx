"use client";

import { Popover } from "radix-ui";
import type { ReactNode, RefObject } from "react";

/** The open half of `Popover`, loaded when it is about to be needed. */
export function PopoverPanel({
  id,
  label,
  anchor,
  align,
  onClose,
  children,
}: {
  id: string;
  label: string;
  anchor: RefObject<HTMLButtonElement | null>;
  align: "start" | "center" | "end";
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={anchor as RefObject<HTMLButtonElement>} />
      {/* A modal dialog makes the rest of the page inert: its panels must live inside it. */}
      <Popover.Portal container={anchor.current?.closest("dialog, main") ?? null}>
        <Popover.Content
          id={id}
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          onInteractOutside={(event) => {
            // The button itself toggles; closing here would make it open again.
            if (event.target instanceof Node && anchor.current?.contains(event.target)) {
              event.preventDefault();
            }
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            anchor.current?.focus();
          }}
          className="z-50 max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-1rem)] overflow-auto rounded-lg border border-line-strong bg-raised text-sm text-ink shadow-overlay outline-none motion-safe:animate-appear"
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
