"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import { Link } from "#components/ui/link.tsx";
import { Section } from "#components/ui/section.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { InboundView, SupplierRow } from "#lib/suppliers/room-types.ts";

/** Where the supplier sends its messages, and what came of them. */
export function InboundSection({
  slug,
  inbound,
  url,
  push,
}: {
  slug: string;
  inbound: InboundView;
  url: string;
  push: SupplierRow["push"];
}) {
  const t = useTranslations("supplierSettings.inbound");
  const format = useFormatter();
  return (
    <Section title={t("title")} description={t("body")}>
      <div className="grid gap-3">
        <CodeBlock
          text={url}
          label={t("address")}
          copyLabel={t("copy")}
          wrap
          className="max-w-prose"
        />
        <DefinitionList columns>
          <Definition term={t("state")}>
            <Badge tone={inbound.isOpen ? "done" : "look"}>
              {t(inbound.isOpen ? "open" : "shut")}
            </Badge>
          </Definition>
          {push && push !== "none" && <Definition term={t("says")}>{t(`push.${push}`)}</Definition>}
          <Definition term={t("last")}>
            {inbound.lastAt ? <RelativeTime at={inbound.lastAt} /> : t("never")}
          </Definition>
          <Definition term={t("taken")}>
            <Link href={`/suppliers/inbox?supplier=${slug}`}>
              {format.number(inbound.taken, "count")}
            </Link>
          </Definition>
          <Definition term={t("troubled")}>
            <Link href={`/suppliers/inbox?supplier=${slug}&attention=1`}>
              {format.number(inbound.troubled, "count")}
            </Link>
          </Definition>
        </DefinitionList>
      </div>
    </Section>
  );
}
