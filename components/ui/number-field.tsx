"use client";

import { clsx } from "clsx";
import { Minus, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { InputHTMLAttributes } from "react";
import { controlClass } from "#components/ui/control-class.ts";
import { IconButton } from "#components/ui/icon-button.tsx";

/**
 * A whole number within limits. What is typed stays as text, so that "1" on the way to "12" is
 * never corrected under the fingers; the caller parses and shows the error.
 */
export function NumberField({
  value,
  onValueChange,
  min = 0,
  max,
  className,
  ...rest
}: Omit<
  InputHTMLAttributes<HTMLInputElement>,
  "value" | "onChange" | "type" | "min" | "max" | "size"
> & {
  /** The text as typed. */
  value: string;
  onValueChange: (text: string) => void;
  min?: number;
  max?: number;
}) {
  const t = useTranslations("ui");
  const current = /^\d{1,9}$/.test(value.trim()) ? Number(value) : null;
  const step = (by: 1 | -1) => {
    const next = Math.max(min, (current ?? min - by) + by);
    onValueChange(String(max === undefined ? next : Math.min(max, next)));
  };
  const blocked = rest.disabled || rest.readOnly;
  return (
    <span className={clsx("relative block w-36", className)}>
      <input
        type="text"
        inputMode="numeric"
        autoComplete="off"
        maxLength={9}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
          event.preventDefault();
          if (!blocked) step(event.key === "ArrowUp" ? 1 : -1);
        }}
        className={clsx(controlClass, "h-(--control) px-(--control) text-center")}
        {...rest}
      />
      <IconButton
        label={t("number.less")}
        disabled={blocked || (current !== null && current <= min)}
        onClick={() => step(-1)}
        className="absolute! inset-y-0 left-0 h-full rounded-r-none"
      >
        <Minus aria-hidden className="size-3.5" />
      </IconButton>
      <IconButton
        label={t("number.more")}
        disabled={blocked || (current !== null && max !== undefined && current >= max)}
        onClick={() => step(1)}
        className="absolute! inset-y-0 right-0 h-full rounded-l-none"
      >
        <Plus aria-hidden className="size-3.5" />
      </IconButton>
    </span>
  );
}
