"use client";

import { clsx } from "clsx";
import { Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { controlClass } from "#components/ui/control-class.ts";
import type { FieldControl } from "#components/ui/field.tsx";
import { Spinner } from "#components/ui/spinner.tsx";

/**
 * Search as you type, choose with the arrows (ARIA 1.2 combobox with a listbox). The first result
 * is marked at once, so that typing and Enter is enough. Fetching belongs to the caller: it gets
 * the text, and hands in the items and whether more are on their way.
 */
export function Combobox<Item>({
  query,
  onQueryChange,
  items,
  itemKey,
  renderItem,
  onSelect,
  loading = false,
  empty,
  placeholder,
  listLabel,
  control,
  autoFocus = false,
  className,
}: {
  query: string;
  onQueryChange: (query: string) => void;
  items: readonly Item[];
  itemKey: (item: Item) => string;
  renderItem: (item: Item, active: boolean) => ReactNode;
  onSelect: (item: Item) => void;
  /** Items for the present text are on their way; the old ones stay until then. */
  loading?: boolean;
  /** Shown in place of the list when nothing matches. */
  empty?: ReactNode;
  placeholder?: string;
  /** Names the list for screen readers. */
  listLabel: string;
  /** From `Field`, so that label, hint and error belong to the input. */
  control?: FieldControl;
  autoFocus?: boolean;
  className?: string;
}) {
  const t = useTranslations("ui");
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const [activeKey, setActiveKey] = useState<string | null>(null);

  const found = items.findIndex((item) => itemKey(item) === activeKey);
  const active = Math.max(0, found);
  const activeItem = items[active];
  const hasList = open && items.length > 0;
  const nothing = open && items.length === 0 && !loading && query.trim() !== "";
  const optionId = (index: number) => `${id}-option-${index}`;

  useEffect(() => {
    if (hasList) document.getElementById(optionId(active))?.scrollIntoView({ block: "nearest" });
  });

  const choose = (item: Item) => {
    setOpen(false);
    setActiveKey(null);
    onSelect(item);
  };
  const move = (to: number) => {
    const item = items[(to + items.length) % items.length];
    if (item) setActiveKey(itemKey(item));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) setOpen(true);
      else move(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && hasList && activeItem) {
      event.preventDefault();
      // While the list still answers the text before, Enter would choose what nobody read.
      if (!loading) choose(activeItem);
    } else if (event.key === "Escape" && (open || query)) {
      event.preventDefault();
      if (open) setOpen(false);
      else onQueryChange("");
    }
  };

  return (
    <div className={clsx("relative", className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-[calc(var(--control)/2-0.5rem)] left-2.5 text-ink-3"
      />
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={hasList}
        aria-controls={`${id}-list`}
        aria-activedescendant={hasList ? optionId(active) : undefined}
        aria-busy={loading}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: only where searching is the whole point of the page
        autoFocus={autoFocus}
        maxLength={200}
        placeholder={placeholder}
        value={query}
        onChange={(event) => {
          setOpen(true);
          setActiveKey(null);
          onQueryChange(event.target.value);
        }}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        className={clsx(controlClass, "h-(--control) px-8")}
        {...control}
      />
      <span className="absolute top-0 right-0 flex h-(--control) w-8 items-center justify-center text-ink-3">
        {loading ? (
          <Spinner />
        ) : query ? (
          <button
            type="button"
            aria-label={t("clear")}
            onClick={() => {
              onQueryChange("");
              input.current?.focus();
            }}
            className="grid size-6 place-items-center rounded-sm hover:bg-hover hover:text-ink"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        ) : null}
      </span>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={listLabel}
        hidden={!hasList}
        className="absolute inset-x-0 top-full z-30 mt-1 max-h-88 overflow-y-auto rounded-lg border border-line-strong bg-raised p-1 shadow-overlay"
      >
        {hasList &&
          items.map((item, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard works from the input
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the input by the pattern
            <div
              key={itemKey(item)}
              id={optionId(index)}
              role="option"
              aria-selected={index === active}
              onPointerMove={() => setActiveKey(itemKey(item))}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(item)}
              className={clsx(
                "cursor-pointer rounded-md px-2 py-1.5 pointer-coarse:py-2.5",
                index === active && "bg-hover",
              )}
            >
              {renderItem(item, index === active)}
            </div>
          ))}
      </div>
      {nothing && (
        <div className="absolute inset-x-0 top-full z-30 mt-1 rounded-lg border border-line-strong bg-raised px-3 py-2.5 text-ink-2 shadow-overlay">
          {empty ?? t("combobox.empty")}
        </div>
      )}
      <span role="status" className="sr-only">
        {!open || loading || !query.trim() ? "" : t("combobox.results", { count: items.length })}
      </span>
    </div>
  );
}
