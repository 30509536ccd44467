"use client";

import { Printer } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { CodeParts } from "#components/codes/code-parts.tsx";
import { Button } from "#components/ui/button.tsx";
import { shortId } from "#components/ui/short-id.ts";
import type { HandedOutCode } from "#lib/codes/give-codes.ts";
import "./slip.css";

type SlipProps = {
  codes: readonly HandedOutCode[];
  name: string;
  customerRef: string;
  handOutId: string;
};

/**
 * A slip of paper with the codes. It is printed from what this page holds in memory: no address leads to it,
 * and the screen shows no code.
 */
export function Slip(props: SlipProps) {
  const t = useTranslations("inventory.slip");
  const { codes } = props;
  const print = useRef<HTMLButtonElement>(null);
  // The form that was sent is gone; the keyboard goes on from here.
  useEffect(() => print.current?.focus(), []);
  const lost = codes.filter(({ plain }) => plain === null).length;
  return (
    <>
      <div className="grid justify-items-start gap-3">
        <p className="text-pretty text-ink-2">{t("body", { count: codes.length })}</p>
        {lost > 0 && <p className="text-risk">{t("lost", { count: lost })}</p>}
        <Button
          variant="primary"
          ref={print}
          icon={<Printer aria-hidden />}
          onClick={() => window.print()}
        >
          {t("print")}
        </Button>
      </div>
      {createPortal(<Paper {...props} />, document.body)}
    </>
  );
}

function Paper({ codes, name, customerRef, handOutId }: SlipProps) {
  const t = useTranslations("inventory.slip");
  const format = useFormatter();
  return (
    // Nobody reads it on the screen; paper has no screen reader.
    <div className="kh-slip" aria-hidden>
      <div className="flex items-baseline justify-between gap-6 border-b pb-3">
        <strong className="text-xl">{name}</strong>
        <span>{format.dateTime(new Date(), "dayYear")}</span>
      </div>
      <p className="py-3">
        {t("for", { customer: customerRef })} · {t("number", { id: shortId(handOutId) })}
      </p>
      <ol className="grid gap-5">
        {codes.map(
          ({ id, plain }, at) =>
            plain && (
              <li key={id} className="grid grid-cols-[2rem_minmax(0,1fr)] border-t pt-3">
                <span>{at + 1}</span>
                <CodeParts parts={plain.parts} copy={false} />
              </li>
            ),
        )}
      </ol>
      <p className="pt-5 text-xs">{t("keep")}</p>
    </div>
  );
}
