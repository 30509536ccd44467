"use client";

import { EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { type CodeField, fieldsOfCode } from "#components/orders/code-fields.ts";
import { groupCode } from "#components/orders/group-code.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { RevealedCode as Code } from "#lib/codes/reveal-code.ts";

const SHOWN_SECONDS = 30;

/** A code in the open: to read, to copy, and gone again after half a minute. */
export function RevealedCode({ code, onHide }: { code: Code; onHide: () => void }) {
  const t = useTranslations("orders.items");
  const parts = fieldsOfCode(code.value);
  const whole = parts === null;
  const fields = parts ?? code.fields;
  const left = useSecondsLeft(SHOWN_SECONDS, onHide);
  const hideButton = useRef<HTMLButtonElement>(null);
  // The button that was pressed is gone; the keyboard goes on from here.
  useEffect(() => hideButton.current?.focus({ preventScroll: true }), []);
  return (
    <div className="grid min-w-0 gap-3 rounded-md border border-accent-line bg-accent-soft px-3 py-2.5 motion-safe:animate-appear">
      <p role="status" className="sr-only">
        {t("shown", { seconds: SHOWN_SECONDS })}
      </p>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        {whole ? (
          <code className="min-w-0 flex-1 basis-56 font-mono text-lg tracking-wide select-all wrap-anywhere">
            <Grouped value={code.value} />
          </code>
        ) : (
          <Fields fields={fields} />
        )}
        <span className="ml-auto flex items-center gap-1.5">
          <CopyButton value={code.value} label={t("copyCode")} words variant="secondary" />
          <Button ref={hideButton} size="sm" icon={<EyeOff aria-hidden />} onClick={onHide}>
            {t("hide")}
          </Button>
        </span>
      </div>
      {whole && fields.length > 0 && <Fields fields={fields} />}
      <div className="flex flex-wrap justify-between gap-x-4 text-xs text-ink-2">
        <span>{t("recorded")}</span>
        <span aria-hidden>{t("hidesIn", { seconds: left })}</span>
      </div>
    </div>
  );
}

/** What else came with it, or what it is made of: name, text, copy. */
function Fields({ fields }: { fields: CodeField[] }) {
  const t = useTranslations("orders.items");
  return (
    <dl className="grid min-w-0 flex-1 basis-56 gap-1">
      {fields.map(({ label, text }) => (
        <div key={label} className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-baseline gap-x-4">
          <dt className="text-xs text-ink-2 wrap-anywhere">{label}</dt>
          <dd className="flex min-w-0 items-center gap-1">
            <code className="min-w-0 font-mono select-all wrap-anywhere">{text}</code>
            <CopyButton value={text} label={t("copyField", { label })} className="-my-1.5" />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Groups set apart by space that isn't text, so that marking and copying by hand gives the code. */
function Grouped({ value }: { value: string }) {
  const groups = groupCode(value);
  return groups.map((group, index) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: the groups of one code never move
      key={index}
      className={index < groups.length - 1 ? "mr-[1ch]" : ""}
    >
      {group}
    </span>
  ));
}

/** Counts down by the clock, not by its own ticks: a sleeping computer is no reason to show longer. */
function useSecondsLeft(seconds: number, onOver: () => void): number {
  const [left, setLeft] = useState(seconds);
  const over = useRef(onOver);
  useEffect(() => {
    over.current = onOver;
  });
  useEffect(() => {
    const until = Date.now() + seconds * 1_000;
    const timer = setInterval(() => {
      const now = Math.ceil((until - Date.now()) / 1_000);
      if (now <= 0) over.current();
      else setLeft(now);
    }, 250);
    return () => clearInterval(timer);
  }, [seconds]);
  return left;
}
