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

const load = () => import("#components/ui/menu-panel.tsx");
const MenuPanel = lazy(async () => ({ default: (await load()).MenuPanel }));

export type MenuItem = {
  label: ReactNode;
  icon?: ReactNode;
  onSelect: () => void;
  tone?: "plain" | "risk";
  disabled?: boolean;
};

/** A button with a menu of actions. Its code arrives with the pointer or the focus. */
export function Menu({
  label,
  button,
  buttonProps,
  groups,
  align = "end",
}: {
  /** Names the menu for screen readers. */
  label: string;
  /** What stands inside the button. */
  button: ReactNode;
  buttonProps?: Omit<ComponentProps<"button">, "children" | "type" | "ref">;
  /** Actions in groups, a line between them. */
  groups: readonly (readonly MenuItem[])[];
  align?: "start" | "end";
}) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const id = useId();
  return (
    <>
      <button
        {...buttonProps}
        ref={anchor}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        {...(open && { "aria-controls": id })}
        onPointerEnter={load}
        onFocus={load}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {button}
      </button>
      {open && (
        <Suspense fallback={null}>
          <MenuPanel
            id={id}
            label={label}
            anchor={anchor}
            align={align}
            groups={groups}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
