"use client";

import { Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import type { CodeQuestion } from "#components/codes/code-question.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Definition } from "#components/ui/definition-list.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Link } from "#components/ui/link.tsx";
import { Money } from "#components/ui/money.tsx";
import { MonoId } from "#components/ui/mono-id.tsx";
import { Section } from "#components/ui/section.tsx";
import { shortId } from "#components/ui/short-id.ts";
import { ExactTime, RelativeTime } from "#components/ui/time.tsx";
import { TimeLeft } from "#components/ui/time-left.tsx";
import { hasCorrectableExpiry } from "#lib/codes/lifecycle.ts";
import type { CodeDetail } from "#lib/codes/types.ts";

/** What is known of a code without opening it. */
export function CodeFacts({
  code,
  onAsk,
}: {
  code: CodeDetail;
  onAsk: (question: CodeQuestion) => void;
}) {
  const t = useTranslations("inventory.facts");
  const { order, customerRef } = code;
  return (
    <Section title={t("title")}>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-2">
        <Definition term={t("product")}>
          <Link href={`/codes?product=${code.productId}`}>{code.productName}</Link>
        </Definition>
        <Definition term={t("region")}>{code.region ?? "–"}</Definition>
        <Definition term={t("customer")}>
          {customerRef ? (
            <>
              <Link href={`/codes?search=${encodeURIComponent(customerRef)}`}>{customerRef}</Link>
              <CopyButton
                value={customerRef}
                label={t("copy", { what: t("customer") })}
                className="-my-1.5 ml-0.5 align-middle"
              />
            </>
          ) : (
            <span className="text-ink-3">–</span>
          )}
        </Definition>
        <Definition term={t("stateSince")}>
          <RelativeTime at={code.stateChangedAt} />
        </Definition>
        <Definition term={t("cost")}>
          <Money amount={code.cost} currency={code.currency ?? ""} />
        </Definition>
        <Definition term={t("supplier")}>{code.supplierName ?? t("own")}</Definition>
        {order && (
          <Definition term={t("order")}>
            <Link href={`/orders/${order.id}`} className="font-mono text-xs">
              {shortId(order.id)}
            </Link>
            <span className="ml-2 text-xs text-ink-2">
              {t("place", { item: order.item + 1, number: code.position + 1 })}
            </span>
          </Definition>
        )}
        {order?.supplierOrderId && (
          <Definition term={t("supplierOrder")}>
            <MonoId
              value={order.supplierOrderId}
              copyLabel={t("copy", { what: t("supplierOrder") })}
            />
          </Definition>
        )}
        {code.import && (
          <Definition term={t("import")}>
            {code.import.source}
            <span className="ml-2 text-xs text-ink-2">
              {t("row", { number: code.position + 1 })}
            </span>
          </Definition>
        )}
        <Definition term={t("stored")}>
          <ExactTime at={code.storedAt} className="whitespace-normal!" />
        </Definition>
        <Definition term={t("expires")}>
          {code.expiresAt ? (
            <TimeLeft until={code.expiresAt} focusable />
          ) : (
            <span className="text-ink-3">{t("noExpiry")}</span>
          )}
          {code.may.mark && hasCorrectableExpiry(code.state) && (
            <IconButton
              label={t("correctExpiry")}
              onClick={() => onAsk({ kind: "correct_expiry" })}
              className="-my-1.5 ml-0.5 align-middle"
            >
              <Pencil aria-hidden />
            </IconButton>
          )}
        </Definition>
        <Definition term={t("stock")}>{t("inStock", { count: code.available })}</Definition>
      </dl>
    </Section>
  );
}
