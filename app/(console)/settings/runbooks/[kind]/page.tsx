import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { SeverityBadge } from "#components/alerts/severity.tsx";
import { RunbookRoom } from "#components/runbooks/runbook-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { ALERT_KINDS, type AlertKind } from "#lib/alerts/alert-policy.ts";
import { readRunbook } from "#lib/alerts/runbooks/read-runbook.ts";

type Props = { params: Promise<{ kind: string }> };

const kindOf = (name: string): AlertKind | null =>
  Object.hasOwn(ALERT_KINDS, name) ? (name as AlertKind) : null;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const kind = kindOf((await params).kind);
  const t = await getTranslations();
  return {
    title: kind
      ? t("runbooks.page", { kind: t(`alerts.kind.${kind}.title`) })
      : t("runbooks.notFound.title"),
  };
}

export default async function RunbookPage({ params }: Props) {
  const { kind: name } = await params;
  const actor = await requireActor(`/settings/runbooks/${encodeURIComponent(name)}`);
  const t = await getTranslations();
  if (!can(actor, "alerts.read")) {
    return <NoRightState heading={1} whoGrants={t("runbooks.whoGrants")} />;
  }
  const kind = kindOf(name);
  if (!kind) notFound();
  const ctx = await runtime();
  const [en, hi, locale] = await Promise.all([
    readRunbook(ctx, actor, kind, "en"),
    readRunbook(ctx, actor, kind, "hi"),
    getLocale(),
  ]);
  const words = Object.fromEntries(
    ALERT_KINDS[kind].actions.map((action) => [action, t(`alerts.action.word.${action}`)]),
  );
  return (
    <>
      <PageHeader
        title={t(`alerts.kind.${kind}.title`)}
        badge={<SeverityBadge severity={ALERT_KINDS[kind].severity} look="soft" />}
        meta={t("runbooks.title")}
      />
      <ClientMessages of={["runbooks"]}>
        <RunbookRoom
          kind={kind}
          stored={{ en, hi }}
          begins={locale}
          words={words}
          mayEdit={can(actor, "alerts.configure")}
        />
      </ClientMessages>
    </>
  );
}
