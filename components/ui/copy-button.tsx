"use client";

import { clsx } from "clsx";
import { Check, Copy, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "#components/ui/button-class.ts";
import { copyText } from "#components/ui/copy-text.ts";

type State = "idle" | "copied" | "failed";

const signs: Record<State, ReactNode> = {
  idle: <Copy aria-hidden />,
  copied: <Check aria-hidden className="text-done-solid" />,
  failed: <TriangleAlert aria-hidden className="text-look-solid" />,
};

/** Copies a value and says so, to eyes and ears, for two seconds. */
export function CopyButton({
  value,
  label,
  words = false,
  size = "sm",
  variant = "ghost",
  onCopied,
  className,
}: {
  value: string;
  /** What is copied, as in "Copy order id". */
  label: string;
  /** Shows the label beside the icon. */
  words?: boolean;
  size?: ButtonSize;
  variant?: ButtonVariant;
  /** Told each time that it was copied indeed. */
  onCopied?: () => void;
  className?: string;
}) {
  const t = useTranslations("ui");
  const [state, setState] = useState<State>("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const said = state === "copied" ? t("copy.done") : state === "failed" ? t("copy.failed") : label;
  async function copy() {
    const copied = await copyText(value);
    setState(copied ? "copied" : "failed");
    if (copied) onCopied?.();
  }
  return (
    <>
      <button
        type="button"
        {...(!words && { "aria-label": label, "data-tip": label })}
        onClick={() => void copy()}
        className={clsx(
          buttonClass({ variant, size, square: !words }),
          "[&_.lucide]:size-3.5",
          className,
        )}
      >
        {signs[state]}
        {words && <span>{said}</span>}
      </button>
      <span role="status" className="sr-only">
        {state === "idle" ? "" : said}
      </span>
    </>
  );
}
