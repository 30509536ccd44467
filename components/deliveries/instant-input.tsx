"use client";

import { useState } from "react";
import { fromLocalInput, toLocalInput } from "#components/deliveries/local-instant.ts";
import type { FieldControl } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

/** A date and time of the reader's own time zone; told once it is whole, and when it is emptied. */
export function InstantInput({
  control,
  value,
  onValue,
}: {
  control: FieldControl;
  /** ISO; null for none. */
  value: string | null;
  onValue: (value: string | null) => void;
}) {
  const [text, setText] = useState(toLocalInput(value));
  const [told, setTold] = useState(value);
  // It was changed from outside: a chip removed, the way back.
  if (value !== told) {
    setTold(value);
    setText(toLocalInput(value));
  }
  return (
    <Input
      {...control}
      type="datetime-local"
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        const at = fromLocalInput(target.value);
        // Half a date has no value either, and is not nothing.
        if (at === null && (target.value !== "" || target.validity.badInput)) return;
        setTold(at);
        if (at !== value) onValue(at);
      }}
      onBlur={({ target }) => {
        // What is shown is what holds.
        if (target.validity.badInput) setText(toLocalInput(value));
      }}
    />
  );
}
