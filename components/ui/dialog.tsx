"use client";

import { clsx } from "clsx";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type MouseEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";

const widths = { sm: "max-w-100", md: "max-w-140", lg: "max-w-200" };

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  size?: keyof typeof widths;
  /** While false (work is running, or it shows something once) neither Escape nor a click outside closes it. */
  dismissable?: boolean;
  role?: "dialog" | "alertdialog";
};

/**
 * A modal dialog on the platform's `<dialog>`: it traps and returns focus and makes the rest inert
 * by itself. Focus starts at `[data-autofocus]`, else at the first control. Its content lives only
 * while it is open.
 */
export function Dialog({ open, ...rest }: DialogProps) {
  return open ? <OpenDialog {...rest} /> : null;
}

function OpenDialog({
  onOpenChange,
  title,
  description,
  children,
  footer,
  size = "md",
  dismissable = true,
  role = "dialog",
}: Omit<DialogProps, "open">) {
  const t = useTranslations("ui");
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  /** Whether the press that a click ends began beside the dialog, too. */
  const pressedBeside = useRef(false);
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    const before = document.activeElement;
    show(dialog);
    return () => {
      dialog.close();
      // React removes the element in the same breath, before the platform can hand focus back.
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      role={role}
      aria-labelledby={`${id}-title`}
      {...(description && { "aria-describedby": `${id}-description` })}
      onKeyDown={(event) => {
        // Asked for, a closing can be declined by way of `cancel`; but not any number of times.
        if (!dismissable && event.key === "Escape") event.preventDefault();
      }}
      onCancel={(event) => {
        event.preventDefault();
        if (dismissable) onOpenChange(false);
      }}
      onClose={() => {
        const dialog = ref.current;
        // Strict mode opens twice; the event of the first closing comes while it is open again.
        if (!dialog || dialog.open) return;
        // Browsers ask only so often: a few Escapes or swipes back in a row close any dialog.
        if (dismissable) onOpenChange(false);
        else show(dialog);
      }}
      onPointerDown={(event) => {
        pressedBeside.current = isBeside(event);
      }}
      onClick={(event) => {
        // A drag into it or out of it, as when text is selected, ends in a click on the dialog, too.
        if (dismissable && pressedBeside.current && isBeside(event)) onOpenChange(false);
      }}
      className={clsx(
        // The footer stays in sight: what is scrolled to, by Tab too, comes to stand above it.
        "max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] scroll-pb-20 overflow-auto rounded-lg border border-line-strong bg-raised p-0 text-sm text-ink shadow-overlay backdrop:bg-scrim/45",
        "motion-safe:animate-appear motion-safe:backdrop:animate-appear",
        widths[size],
      )}
    >
      <div className="grid gap-4 p-5">
        <header className="grid gap-1 pr-8">
          <h2 id={`${id}-title`} className="text-lg font-semibold">
            {title}
          </h2>
          {description && (
            <div id={`${id}-description`} className="text-ink-2">
              {description}
            </div>
          )}
        </header>
        {children}
        {footer && (
          <footer className="sticky bottom-0 -mx-5 -mb-5 flex flex-wrap justify-end gap-2 bg-raised px-5 pt-3 pb-5">
            {footer}
          </footer>
        )}
      </div>
      {dismissable && role === "dialog" && (
        <IconButton
          label={t("close")}
          onClick={() => onOpenChange(false)}
          className="absolute! top-3 right-3"
        >
          <X aria-hidden />
        </IconButton>
      )}
    </dialog>
  );
}

/** Presses on the backdrop are told of the dialog itself; so are those on its border and scroll bar. */
function isBeside({ target, currentTarget, clientX, clientY }: MouseEvent<Element>): boolean {
  if (target !== currentTarget) return false;
  const { left, right, top, bottom } = currentTarget.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

function show(dialog: HTMLDialogElement): void {
  dialog.showModal();
  dialog.querySelector<HTMLElement>("[data-autofocus]")?.focus();
}
