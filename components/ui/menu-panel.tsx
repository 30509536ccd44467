"use client";

import { clsx } from "clsx";
// The public DropdownMenu insists on rendering its own trigger; the menu it is made of can be
// anchored to ours, which is there before this code is.
import { Menu } from "radix-ui/internal";
import { Fragment, type RefObject } from "react";
import type { MenuItem } from "#components/ui/menu.tsx";

/** The open half of `Menu`, loaded when it is about to be needed. */
export function MenuPanel({
  id,
  label,
  anchor,
  align,
  groups,
  onClose,
}: {
  id: string;
  label: string;
  anchor: RefObject<HTMLButtonElement | null>;
  align: "start" | "end";
  groups: readonly (readonly MenuItem[])[];
  onClose: () => void;
}) {
  const filled = groups.filter((group) => group.length > 0);
  return (
    <Menu.Root open onOpenChange={(open) => !open && onClose()} modal={false}>
      <Menu.Anchor virtualRef={anchor as RefObject<HTMLButtonElement>} />
      <Menu.Portal container={anchor.current?.closest("dialog, main") ?? null}>
        <Menu.Content
          id={id}
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          loop
          onInteractOutside={(event) => {
            if (event.target instanceof Node && anchor.current?.contains(event.target)) {
              event.preventDefault();
            }
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            anchor.current?.focus();
          }}
          className="z-50 min-w-44 rounded-lg border border-line-strong bg-raised p-1 text-sm text-ink shadow-overlay outline-none motion-safe:animate-appear"
        >
          {filled.map((group, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: groups are fixed while the menu is open
            <Fragment key={index}>
              {index > 0 && <Menu.Separator className="-mx-1 my-1 h-px bg-line" />}
              {group.map((item, place) => (
                <Menu.Item
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  key={place}
                  disabled={item.disabled}
                  onSelect={item.onSelect}
                  className={clsx(
                    "flex h-8 items-center gap-2 rounded-sm px-2 outline-none select-none data-highlighted:bg-hover data-disabled:text-ink-3 pointer-coarse:h-11 [&_.lucide]:text-ink-3",
                    item.tone === "risk" && "text-risk [&_.lucide]:text-risk",
                  )}
                >
                  {item.icon}
                  {item.label}
                </Menu.Item>
              ))}
            </Fragment>
          ))}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
