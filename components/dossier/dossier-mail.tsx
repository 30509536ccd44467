"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { mailDossierAction } from "#app/(console)/orders/dossier-actions.ts";
import { ActProblem } from "#components/acts/act-problem.tsx";
import { useAct } from "#components/acts/use-act.ts";
import { DeliveryStateBadge } from "#components/deliveries/delivery-state.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Link } from "#components/ui/link.tsx";
import { Select } from "#components/ui/select.tsx";
import type { DossiersView, DossierView } from "#lib/alerts/dossier/types.ts";

type Wrong = { path: "to" | "endpointId"; code: string };

/** Mails a dossier, once; afterwards it says where that stands. */
export function DossierMail({
  dossier,
  view,
  orderId,
}: {
  dossier: DossierView;
  view: DossiersView;
  orderId: string;
}) {
  const t = useTranslations("dossier.mail");
  const act = useAct([["order", orderId, "dossiers"], ["deliveries"]]);
  const [to, setTo] = useState(view.supportEmail ?? "");
  const [endpointId, setEndpointId] = useState(view.mailers[0]?.id ?? "");
  const [wrong, setWrong] = useState<Wrong[]>([]);
  if (dossier.mailedTo !== null) {
    const { mail } = dossier;
    return (
      <p className="flex flex-wrap items-center gap-2">
        {t("sent", { to: dossier.mailedTo })}
        {mail && <DeliveryStateBadge state={mail.state} />}
        {mail && <Link href={`/deliveries/${mail.deliveryId}`}>{t("delivery")}</Link>}
      </p>
    );
  }
  if (!view.may.make) return null;
  if (view.mailers.length === 0) {
    return (
      <p className="text-ink-2">
        {t("noMailer")} <Link href="/settings/endpoints">{t("endpoints")}</Link>
      </p>
    );
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const answer = await act.run(() =>
      mailDossierAction({ dossierId: dossier.id, endpointId, to: to.trim() }),
    );
    setWrong(answer?.kind === "invalid" ? answer.problems : []);
  }
  const errorAt = (path: Wrong["path"]) => {
    const problem = wrong.find((one) => one.path === path);
    return problem && t(problem.path === "to" ? "wrong.to" : "wrong.endpointId");
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="grid gap-3">
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Field label={t("to")} hint={t("toHint")} error={errorAt("to")} required>
          {(control) => (
            <Input
              {...control}
              type="email"
              autoComplete="off"
              maxLength={254}
              value={to}
              onChange={({ target }) => setTo(target.value)}
            />
          )}
        </Field>
        <Field label={t("by")} error={errorAt("endpointId")}>
          {(control) => (
            <Select
              {...control}
              value={endpointId}
              options={view.mailers.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={({ target }) => setEndpointId(target.value)}
            />
          )}
        </Field>
      </div>
      {act.failure && <ActProblem failure={act.failure} words="dossier" />}
      <div>
        <Button type="submit" busy={act.busy}>
          {t("verb")}
        </Button>
      </div>
    </form>
  );
}
