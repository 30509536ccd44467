"use client";

import { CircleCheck, TriangleAlert, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { isWell, type Outcome, type Undo } from "#components/alerts/outcome.ts";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { Link } from "#components/ui/link.tsx";
import type { LostAlert } from "#lib/alerts/types.ts";

/** What went as wanted is told for so long; what didn't, until somebody has read it. */
const SHOWN_FOR_MS = 8_000;

/** What came of the last decision, and how to take it back; who was quicker, if anybody was. */
export function QueueNote({
  outcome,
  onUndo,
  onOpen,
  onDismiss,
}: {
  outcome: Outcome;
  onUndo: (undo: Undo) => void;
  onOpen: (id: string) => void;
  onDismiss: () => void;
}) {
  const t = useTranslations("alerts.queue");
  const well = isWell(outcome);
  const dismiss = useRef(onDismiss);
  useEffect(() => {
    dismiss.current = onDismiss;
  });
  useEffect(() => {
    if (!well) return;
    const timer = setTimeout(() => dismiss.current(), SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [well]);
  return (
    <div className="pointer-events-none fixed inset-x-0 bottom-[calc(var(--bottombar)+1rem)] z-30 flex justify-center px-4 max-lg:bottom-[calc(var(--bottombar)+4.25rem)]">
      <div
        role={well ? "status" : "alert"}
        className="pointer-events-auto flex max-w-140 items-center gap-2.5 rounded-lg border border-line-strong bg-raised py-1.5 pr-1.5 pl-3 shadow-overlay motion-safe:animate-appear"
      >
        {well ? (
          <CircleCheck aria-hidden className="text-done-solid" />
        ) : (
          <TriangleAlert aria-hidden className="text-look-solid" />
        )}
        <div className="min-w-0 py-1 text-pretty">
          <Words outcome={outcome} onOpen={onOpen} />
        </div>
        <Undoing outcome={outcome} onUndo={onUndo} />
        <IconButton size="sm" label={t("dismiss")} onClick={onDismiss}>
          <X aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}

function Undoing({ outcome, onUndo }: { outcome: Outcome; onUndo: (undo: Undo) => void }) {
  const t = useTranslations("alerts.queue");
  const undo = outcome.type === "decided" ? outcome.undo : null;
  if (!undo) return null;
  return (
    <Button size="sm" variant="ghost" onClick={() => onUndo(undo)} className="text-accent!">
      {t("undo")}
      <span aria-hidden className="ml-1.5 pointer-coarse:hidden">
        <Kbd>Z</Kbd>
      </span>
    </Button>
  );
}

function Words({ outcome, onOpen }: { outcome: Outcome; onOpen: (id: string) => void }) {
  const t = useTranslations("alerts");
  if (outcome.type === "failed") {
    const { code } = outcome.failure;
    return (
      <>
        {t(`failure.code.${code}`)}{" "}
        {code === "unauthenticated" && (
          <Link tone="prose" href={`/login?next=${encodeURIComponent(window.location.pathname)}`}>
            {t("failure.signIn")}
          </Link>
        )}
        {code === "internal" && (
          <code className="font-mono text-xs select-all">{outcome.failure.reference}</code>
        )}
      </>
    );
  }
  const { done, lost, more, kind } = outcome;
  const [only] = lost;
  return (
    <>
      {done.length > 0 && <>{t(`queue.done.${kind}`, { count: done.length })} </>}
      {more > 0 && <>{t("queue.doneMore", { count: more })} </>}
      {only && lost.length === 1 && done.length === 0 && (
        <>
          <Lost lost={only} />{" "}
          {only.why !== "gone" && (
            <button
              type="button"
              onClick={() => onOpen(only.id)}
              className="rounded-sm text-accent underline underline-offset-3"
            >
              {t("queue.look")}
            </button>
          )}
        </>
      )}
      {lost.length > 0 && (lost.length > 1 || done.length > 0) && <LostMany lost={lost} />}
    </>
  );
}

/** Who was quicker, and what it is now. */
function Lost({ lost: { why, by, state } }: { lost: LostAlert }) {
  const t = useTranslations("alerts.queue");
  if (why === "gone" || state === null) return t("lost.gone");
  if (why === "more") return t("lost.more");
  const now = t(`stateNow.${state}`);
  return by ? t("lost.by", { name: by, state: now }) : t("lost.itself", { state: now });
}

function LostMany({ lost }: { lost: readonly LostAlert[] }) {
  const t = useTranslations("alerts.queue");
  if (lost.every(({ why }) => why === "more")) return t("lost.manyMore", { count: lost.length });
  const names = [...new Set(lost.flatMap(({ by }) => by ?? []))];
  return names.length > 0
    ? t("lost.manyBy", { count: lost.length, name: names.join(", ") })
    : t("lost.many", { count: lost.length });
}
