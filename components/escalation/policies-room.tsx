"use client";

import { ArrowDown, ArrowUp, BellRing, Pencil, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { movePolicyAction } from "#app/(console)/settings/escalation/actions.ts";
import { ActProblem } from "#components/acts/act-problem.tsx";
import { useAct } from "#components/acts/use-act.ts";
import { PolicyWords } from "#components/escalation/policy-words.tsx";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { useLive } from "#components/live/use-live.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { PoliciesView, PolicyView } from "#lib/alerts/policies/types.ts";

const DeletePolicyDialog = lazy(async () => ({
  default: (await import("#components/escalation/delete-policy-dialog.tsx")).DeletePolicyDialog,
}));

/** All policies in their order, each in plain words. */
export function PoliciesRoom({
  initial,
  kindTitles,
}: {
  initial: PoliciesView;
  kindTitles: Record<string, string>;
}) {
  const t = useTranslations("escalation");
  const act = useAct([["escalation"]]);
  const [deleting, setDeleting] = useState<PolicyView | null>(null);
  const live = useLive<PoliciesView>({
    key: ["escalation"],
    path: "/api/live/escalation",
    initial,
  });
  const { rows, may, readAt } = live.data ?? initial;
  const move = (policy: PolicyView, by: -1 | 1) =>
    void act.run(() => movePolicyAction({ id: policy.id, version: policy.version, by }));
  const add = may.configure && (
    <ButtonLink href="/settings/escalation/new" variant="primary" icon={<Plus aria-hidden />}>
      {t("add")}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader title={t("title")} meta={<LiveStamp heardAt={readAt} />} action={add} />
      <StaleNotice error={live.error} retry={() => void live.refetch()} />
      {act.failure && (
        <div className="px-gutter pb-3">
          <ActProblem failure={act.failure} words="escalation" />
        </div>
      )}
      {rows.length === 0 ? (
        <EmptyState icon={<BellRing aria-hidden />} title={t("none")}>
          {t("noneBody")}
          {!may.configure && <> {t("whoConfigures")}</>}
        </EmptyState>
      ) : (
        <>
          <p className="px-gutter max-w-prose pb-3 text-ink-2">{t("order")}</p>
          <ol className="border-y border-line">
            {rows.map((policy, index) => (
              <li
                key={policy.id}
                className="px-gutter grid gap-3 py-4 not-first:border-t not-first:border-line"
              >
                <div className="flex flex-wrap items-center justify-between gap-2">
                  <h2 className="min-w-0 text-base font-semibold wrap-anywhere">
                    {index + 1}. {policy.name}
                  </h2>
                  {may.configure && (
                    <div className="flex items-center gap-1">
                      <IconButton
                        label={t("up", { name: policy.name })}
                        disabled={index === 0 || act.busy}
                        onClick={() => move(policy, -1)}
                      >
                        <ArrowUp aria-hidden />
                      </IconButton>
                      <IconButton
                        label={t("down", { name: policy.name })}
                        disabled={index === rows.length - 1 || act.busy}
                        onClick={() => move(policy, 1)}
                      >
                        <ArrowDown aria-hidden />
                      </IconButton>
                      <IconButton
                        label={t("delete.button", { name: policy.name })}
                        onClick={() => setDeleting(policy)}
                      >
                        <Trash2 aria-hidden />
                      </IconButton>
                      <ButtonLink
                        href={`/settings/escalation/${policy.id}`}
                        icon={<Pencil aria-hidden />}
                        aria-label={t("editNamed", { name: policy.name })}
                      >
                        {t("edit")}
                      </ButtonLink>
                    </div>
                  )}
                </div>
                <PolicyWords picture={pictureOf(policy, kindTitles)} />
              </li>
            ))}
          </ol>
        </>
      )}
      <Suspense>
        {deleting && <DeletePolicyDialog policy={deleting} onClose={() => setDeleting(null)} />}
      </Suspense>
    </>
  );
}

const pictureOf = (policy: PolicyView, kindTitles: Record<string, string>) => ({
  ...policy,
  kinds: policy.kinds.map((kind) => kindTitles[kind] ?? kind),
  steps: policy.steps.map(({ afterMs, endpoint, user, state }, index) => ({
    ...{ key: String(index), afterMs, state },
    to: user ? `${user.name} (${endpoint.name})` : endpoint.name,
  })),
});
