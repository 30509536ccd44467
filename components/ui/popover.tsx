"use client";

import {
  type ComponentProps,
  lazy,
  type ReactNode,
  Suspense,
  useId,
  useRef,
  useState,
} from "react";

const load = () => import("#components/ui/popover-panel.tsx");
const PopoverPanel = lazy(async () => ({ default: (await load()).PopoverPanel }));

/**
 * A button that opens a small panel beside itself. The panel's code arrives when the pointer or the
 * focus comes near, so that it weighs nothing on the first load.
 */
export function Popover({
  label,
  button,
  buttonProps,
  align = "end",
  preload,
  children,
}: {
  /** Names the panel for screen readers. */
  label: string;
  /** What stands inside the button. */
  button: ReactNode;
  buttonProps?: Omit<ComponentProps<"button">, "children" | "type" | "ref">;
  align?: "start" | "center" | "end";
  /** Loads what the panel shows, where that is lazy too; called when it is about to be needed. */
  preload?: () => Promise<unknown>;
  children: ReactNode | ((close: () => void) => ReactNode);
}) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const id = useId();
  const approach = () => {
    void load();
    void preload?.();
  };
  return (
    <>
      <button
        {...buttonProps}
        ref={anchor}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        {...(open && { "aria-controls": id })}
        onPointerEnter={approach}
        onFocus={approach}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <Suspense fallback={null}>
          <PopoverPanel
            id={id}
            label={label}
            anchor={anchor}
            align={align}
            onClose={() => setOpen(false)}
          >
            {typeof children === "function" ? children(() => setOpen(false)) : children}
          </PopoverPanel>
        </Suspense>
      )}
    </>
  );
}
