"use client";

import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Input } from "#components/ui/input.tsx";
import { Kbd } from "#components/ui/kbd.tsx";

/** A pause in typing that is taken for the end of a word. */
const SETTLE_MS = 300;

/**
 * Searches as one types. `/` leads here from anywhere on the page; Escape empties it, and leaves it when it is
 * empty; Enter leaves it, so that the page's keys work again.
 */
export function SearchBox({
  label,
  placeholder,
  value,
  onSearch,
}: {
  /** Names the box for screen readers. */
  label: string;
  /** What can be searched for. */
  placeholder: string;
  value: string;
  onSearch: (search: string) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [told, setTold] = useState(value);
  // The address changed by itself: the way back, or a chip removed.
  if (value !== told) {
    setTold(value);
    setText(value);
  }

  const tell = (search: string) => {
    setTold(search);
    if (search !== value) onSearch(search);
  };
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  useEffect(() => {
    const timer = setTimeout(() => latest.current(text.trim()), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text]);

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      const at = event.target instanceof Element ? event.target : null;
      if (at?.closest("input, textarea, select, [contenteditable], dialog")) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return (
    <span className="relative block w-72 max-md:w-full">
      <Input
        ref={input}
        type="search"
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={placeholder}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        icon={<Search aria-hidden />}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter") {
            tell(text.trim());
            event.currentTarget.blur();
          }
          if (event.key !== "Escape") return;
          event.preventDefault();
          if (text === "") return event.currentTarget.blur();
          setText("");
          tell("");
        }}
      />
      {text === "" && (
        <span
          aria-hidden
          className="pointer-events-none absolute inset-y-0 right-2 flex items-center pointer-coarse:hidden"
        >
          <Kbd>/</Kbd>
        </span>
      )}
    </span>
  );
}
