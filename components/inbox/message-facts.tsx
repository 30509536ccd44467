"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { MessageView } from "#components/inbox/inbox-view.ts";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import { Link } from "#components/ui/link.tsx";
import { Section } from "#components/ui/section.tsx";
import { shortId } from "#components/ui/short-id.ts";
import { ExactTime } from "#components/ui/time.tsx";

/** Whose it is, how it came, what proved it, and how often it was worked on. */
export function MessageFacts({ message }: { message: MessageView }) {
  const t = useTranslations("inbox.facts");
  const format = useFormatter();
  const { supplier, via, scheme, receivedAt, settledAt, repeats, tries, bytes, order } = message;
  return (
    <Section title={t("title")}>
      <DefinitionList columns>
        <Definition term={t("supplier")}>
          <Link href={`/settings/suppliers/${supplier.slug}`}>{supplier.name}</Link>
        </Definition>
        <Definition term={t("order")}>
          {order ? (
            <Link href={`/orders/${order.id}`} className="font-mono text-xs">
              {shortId(order.id)}
            </Link>
          ) : (
            t("noOrder")
          )}
        </Definition>
        <Definition term={t("via")}>{t(`by.${via}`)}</Definition>
        <Definition term={t("proved")}>
          <code className="font-mono text-xs">{scheme}</code>
        </Definition>
        <Definition term={t("received")}>
          <ExactTime at={receivedAt} className="whitespace-normal!" />
        </Definition>
        {settledAt && (
          <Definition term={t("settled")}>
            <ExactTime at={settledAt} className="whitespace-normal!" />
          </Definition>
        )}
        <Definition term={t("repeats")}>{format.number(repeats, "count")}</Definition>
        <Definition term={t("tries")}>{format.number(tries, "count")}</Definition>
        <Definition term={t("size")}>
          {t("bytes", { count: format.number(bytes, "count") })}
        </Definition>
      </DefinitionList>
    </Section>
  );
}
