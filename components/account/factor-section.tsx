"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import {
  confirmSecondFactorAction,
  endOwnSecondFactorAction,
  offerSecondFactorAction,
  renewRecoveryCodesAction,
} from "#app/(console)/settings/account/actions.ts";
import { RecoveryCodes } from "#components/access/recovery-codes.tsx";
import { SetUpFactor } from "#components/access/set-up-factor.tsx";
import { useProof } from "#components/access/use-proof.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { usePersonAct } from "#components/people/use-person-act.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Section } from "#components/ui/section.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { OwnAccount } from "#lib/access/people/types.ts";

const ProofDialog = lazy(async () => ({
  default: (await import("#components/access/proof-dialog.tsx")).ProofDialog,
}));

/** The second factor: setting one up, its recovery codes, giving it up. */
export function FactorSection({ account }: { account: OwnAccount }) {
  const t = useTranslations("account.factor");
  const [asking, setAsking] = useState<"set_up" | "renew" | "end" | null>(null);
  const { secondFactor, needsSecondFactor } = account;
  const close = () => setAsking(null);
  return (
    <Section title={t("title")} description={t(needsSecondFactor ? "needed" : "body")}>
      {secondFactor ? (
        <div className="grid gap-3">
          <p>
            {t.rich("since", { at: () => <RelativeTime at={secondFactor.since} /> })}{" "}
            <span className={secondFactor.recoveryCodesLeft < 3 ? "text-look" : "text-ink-2"}>
              {t("codesLeft", { count: secondFactor.recoveryCodesLeft })}
            </span>
          </p>
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setAsking("renew")}>{t("renew.verb")}</Button>
            {!needsSecondFactor && (
              <Button onClick={() => setAsking("end")}>{t("end.verb")}</Button>
            )}
          </div>
        </div>
      ) : (
        <Button onClick={() => setAsking("set_up")}>{t("setUp")}</Button>
      )}
      {asking === "set_up" && <SetUpDialog onClose={close} />}
      {asking === "renew" && <RenewDialog onClose={close} />}
      {asking === "end" && <EndDialog onClose={close} />}
    </Section>
  );
}

type Props = { onClose: () => void };

function SetUpDialog({ onClose }: Props) {
  const t = useTranslations("account.factor");
  const router = useRouter();
  const { withProof, proof } = useProof();
  const doors = {
    offer: () => withProof(offerSecondFactorAction),
    confirm: (code: string) => withProof(() => confirmSecondFactorAction(code)),
  };
  return (
    <>
      <Dialog open size="sm" title={t("setUp")} onOpenChange={(open) => !open && onClose()}>
        <SetUpFactor
          doors={doors}
          onDone={() => {
            onClose();
            router.refresh();
          }}
        />
      </Dialog>
      <Suspense>{proof.asking && <ProofDialog proof={proof} />}</Suspense>
    </>
  );
}

function RenewDialog({ onClose }: Props) {
  const t = useTranslations("account.factor.renew");
  const act = usePersonAct();
  const [codes, setCodes] = useState<string[] | null>(null);
  async function submit() {
    setCodes(await act.run(renewRecoveryCodesAction));
  }
  if (codes) {
    return (
      <Dialog open title={t("title")} dismissable={false} onOpenChange={() => undefined}>
        <RecoveryCodes codes={codes} onKept={onClose} />
      </Dialog>
    );
  }
  return (
    <ActDialog
      words="people"
      title={t("title")}
      description={t("body")}
      verb={t("verb")}
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
    />
  );
}

function EndDialog({ onClose }: Props) {
  const t = useTranslations("account.factor.end");
  const act = usePersonAct();
  async function submit() {
    // This session ends with it.
    if (await act.run(endOwnSecondFactorAction)) window.location.assign("/login");
  }
  return (
    <ActDialog
      words="people"
      title={t("title")}
      description={t("body")}
      verb={t("verb")}
      danger
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
    />
  );
}
