"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { connectElsewhereAction } from "#app/(console)/settings/account/actions.ts";
import { addressElsewhere } from "#components/access/address-elsewhere.ts";
import { ActProblem } from "#components/acts/act-problem.tsx";
import { useAct } from "#components/acts/use-act.ts";
import { unreachable } from "#components/orders/failure.ts";
import { Button } from "#components/ui/button.tsx";

const ProofDialog = lazy(async () => ({
  default: (await import("#components/access/proof-dialog.tsx")).ProofDialog,
}));

/** Leads to the provider, which leads back; the server is told of the way first, and asks for the password. */
export function ConnectButton({ name }: { name: string }) {
  const t = useTranslations("account.signOn");
  const act = useAct([]);
  const [leaving, setLeaving] = useState<"no" | "leaving" | "failed">("no");

  async function leave() {
    setLeaving("leaving");
    const address = await addressElsewhere("/settings/account").catch(() => null);
    const nonce = address?.searchParams.get("nonce") ?? "";
    const noted = address && (await act.run(() => connectElsewhereAction(nonce)));
    if (noted) window.location.assign(address.href);
    else setLeaving(address ? "no" : "failed");
  }
  const failure = act.failure ?? (leaving === "failed" ? unreachable : null);
  return (
    <div className="grid justify-items-start gap-3">
      {failure && <ActProblem failure={failure} words="people" />}
      <Button busy={leaving === "leaving"} onClick={() => void leave()}>
        {t("connect", { name })}
      </Button>
      <Suspense>{act.proof.asking && <ProofDialog proof={act.proof} />}</Suspense>
    </div>
  );
}
