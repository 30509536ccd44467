"use client";

import { useTranslations } from "next-intl";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import { Link } from "#components/ui/link.tsx";
import { Money } from "#components/ui/money.tsx";
import { MonoId } from "#components/ui/mono-id.tsx";
import { Section } from "#components/ui/section.tsx";
import { shortId } from "#components/ui/short-id.ts";
import { RelativeTime } from "#components/ui/time.tsx";
import { useSpan } from "#components/ui/use-elapsed-text.ts";
import type { AlertView } from "#lib/alerts/types.ts";
import { type Fact, factsOf } from "#lib/signals/fact-forms.ts";

/** The figures and words behind it, as the rule found them; nothing where it found none. */
export function DetailFacts({ alert }: { alert: AlertView }) {
  // i18n-use: alerts.detail.fact.*
  const t = useTranslations("alerts.detail");
  // Of a group they are those of one order among many.
  const facts = alert.isGroup ? [] : factsOf(alert.kind, alert.data);
  if (facts.length === 0) return null;
  return (
    <Section title={t("facts")}>
      <DefinitionList columns>
        {facts.map((fact) => (
          <Definition key={fact.name} term={t(`fact.${fact.name}`)}>
            <Value fact={fact} />
          </Definition>
        ))}
      </DefinitionList>
    </Section>
  );
}

function Value({ fact }: { fact: Fact }) {
  const t = useTranslations("alerts.detail");
  const span = useSpan();
  switch (fact.form) {
    case "text":
      return fact.value;
    case "why":
      return t(`why.${fact.value}`);
    case "quote":
      return <q>{fact.value}</q>;
    case "id":
      return <MonoId value={fact.value} copyLabel={t("copy")} />;
    case "number":
      return fact.value;
    case "part":
      return t("part", { value: fact.value, of: fact.of });
    case "span":
      return fact.ms < 2_000 ? t("ms", { ms: fact.ms }) : span(fact.ms);
    case "instant":
      return <RelativeTime at={fact.at} />;
    case "money":
      return <Money amount={fact.amount} currency={fact.currency} />;
    case "order":
      return (
        <Link href={`/orders/${fact.id}`} className="font-mono text-xs">
          {shortId(fact.id)}
        </Link>
      );
  }
}
