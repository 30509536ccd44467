"use client";

import { Eye } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useRef } from "react";
import type { Revealable, RevealControl } from "#components/codes/use-reveal.ts";
import { Button } from "#components/ui/button.tsx";

// All of these are fetched with the first reveal of a page.
const RevealDialog = lazy(async () => ({
  default: (await import("#components/codes/reveal-dialog.tsx")).RevealDialog,
}));
const ProofDialog = lazy(async () => ({
  default: (await import("#components/access/proof-dialog.tsx")).ProofDialog,
}));
const RevealShown = lazy(async () => ({
  default: (await import("#components/codes/reveal-shown.tsx")).RevealShown,
}));

/** The dialogs of a page's reveals: why, and the password where the last is too long ago. Once a page. */
export function RevealLayer({ control }: { control: RevealControl }) {
  const { reveal, proof } = control;
  return (
    <>
      <Suspense>
        {reveal.kind === "asking" && (
          <RevealDialog key={reveal.code.id} asking={reveal} control={control} />
        )}
      </Suspense>
      {/* Of its own: what is being fetched hides the rest of its boundary. */}
      <Suspense>{proof.asking && <ProofDialog proof={proof} />}</Suspense>
    </>
  );
}

/** Asks for one code; gone while that is shown. */
export function RevealButton({
  code,
  label,
  control,
}: {
  code: Revealable;
  /** Says which code, where the place doesn't. */
  label?: string;
  control: RevealControl;
}) {
  const t = useTranslations("reveal");
  const shown = isShown(control, code.id);
  const button = useRef<HTMLButtonElement>(null);
  const wasShown = useRef(false);
  useEffect(() => {
    // Hiding takes the focused button away; the keyboard comes back to the one that reveals.
    if (wasShown.current && !shown && document.activeElement === document.body) {
      button.current?.focus({ preventScroll: true });
    }
    wasShown.current = shown;
  }, [shown]);
  if (shown) return null;
  return (
    <Button
      ref={button}
      size="sm"
      icon={<Eye aria-hidden />}
      {...(label && { "aria-label": label })}
      onClick={() => control.ask(code)}
    >
      {t("reveal")}
    </Button>
  );
}

/** Where the code stands while it is shown; nothing otherwise. */
export function RevealedPlace({ codeId, control }: { codeId: string; control: RevealControl }) {
  const { reveal, hide } = control;
  if (reveal.kind !== "shown" || reveal.code.id !== codeId) return null;
  return (
    <Suspense>
      <RevealShown codeId={codeId} code={reveal.plain} onHide={hide} />
    </Suspense>
  );
}

const isShown = ({ reveal }: RevealControl, codeId: string): boolean =>
  reveal.kind === "shown" && reveal.code.id === codeId;
