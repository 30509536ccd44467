"use client";

import { useTranslations } from "next-intl";
import { SupplierWords } from "#components/orders/supplier-words.tsx";
import { Money } from "#components/ui/money.tsx";
import { MonoId } from "#components/ui/mono-id.tsx";
import { useClock } from "#components/ui/use-clock.ts";
import { useAgo } from "#components/ui/use-elapsed-text.ts";
import type { TimelineView } from "#lib/orders/types.ts";

/** What an entry has to add to its sentence; nothing for most. */
export function TimelineFacts({ entry }: { entry: TimelineView }) {
  const t = useTranslations("orders");
  const { kind, data, count } = entry;
  switch (kind) {
    case "placed":
      if (!data.total) return null;
      return (
        <>
          <Money amount={String(data.total)} currency={String(data.currency ?? "")} />
          {Number(data.similar) > 0 &&
            ` · ${t("timeline.besideSimilar", { count: Number(data.similar) })}`}
          {data.missing && (
            <>
              {" · "}
              {t("timeline.overBalance", {
                missing: String(data.missing),
                currency: String(data.currency ?? ""),
              })}{" "}
              <q>{String(data.reason)}</q>
            </>
          )}
        </>
      );
    case "adopted":
      return (
        <>
          {data.supplierOrderId && <MonoId value={String(data.supplierOrderId)} />}
          {data.reason && <q className="ml-2">{String(data.reason)}</q>}
        </>
      );
    case "not_created":
    case "not_placed_proposed":
    case "given_up":
    case "code_revealed":
      return data.reason ? <q>{String(data.reason)}</q> : null;
    case "create_orphaned":
    case "create_accepted":
      return data.supplierOrderId ? <MonoId value={String(data.supplierOrderId)} /> : null;
    case "create_refused":
    case "create_deferred":
    case "pay_refused":
      return (
        <SupplierWords
          label={t("standing.says")}
          words={String(data.detail ?? "")}
          code={data.code ? String(data.code) : null}
        />
      );
    case "create_unknown":
    case "pay_unknown":
      return (
        <>
          {data.reason}
          {data.http ? ` (HTTP ${data.http})` : ""}
        </>
      );
    case "status_changed":
      return (
        <>
          {data.word && t("timeline.word", { word: String(data.word) })}
          {data.reason && ` · ${t("timeline.reason", { reason: String(data.reason) })}`}
        </>
      );
    case "looked":
      return count > 1 && data.lastAt ? <LastTime at={String(data.lastAt)} /> : null;
    case "look_failed":
      return (
        <>
          <SupplierWords label="" words={String(data.error ?? "")} />
          {count > 1 && data.lastAt ? <LastTime at={String(data.lastAt)} /> : null}
        </>
      );
    case "backward_ignored":
      return data.word ? t("timeline.word", { word: String(data.word) }) : null;
    default:
      return null;
  }
}

function LastTime({ at }: { at: string }) {
  const t = useTranslations("orders.timeline");
  const ago = useAgo();
  const now = useClock(Date.parse(at));
  return <span suppressHydrationWarning>{t("lastTime", { ago: ago(now - Date.parse(at)) })}</span>;
}
