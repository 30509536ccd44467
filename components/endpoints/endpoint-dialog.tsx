"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  deleteEndpointAction,
  pauseEndpointAction,
  resumeEndpointAction,
  rotateSecretAction,
} from "#app/(console)/settings/endpoints/actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { useReason } from "#components/acts/use-reason.tsx";
import { SecretOnce } from "#components/endpoints/secret-once.tsx";
import { TOUCHED_BY_DELETION, useEndpointAct } from "#components/endpoints/use-endpoint-act.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ExactTime } from "#components/ui/time.tsx";
import type { EndpointDetail } from "#lib/deliveries/endpoint-types.ts";
import type { RotatedSecret } from "#lib/deliveries/rotate-secret.ts";

export type EndpointQuestion = "pause" | "resume" | "rotate" | "delete";

/** The dialogs of an endpoint's page. */
export function EndpointDialog({
  question,
  endpoint,
  onClose,
  onDeleted,
}: {
  question: EndpointQuestion;
  endpoint: EndpointDetail;
  onClose: () => void;
  onDeleted: () => void;
}) {
  switch (question) {
    case "pause":
      return <PauseDialog endpoint={endpoint} onClose={onClose} />;
    case "resume":
      return <ResumeDialog endpoint={endpoint} onClose={onClose} />;
    case "rotate":
      return <RotateDialog endpoint={endpoint} onClose={onClose} />;
    case "delete":
      return <DeleteDialog endpoint={endpoint} onClose={onClose} onDeleted={onDeleted} />;
  }
}

type Props = { endpoint: EndpointDetail; onClose: () => void };

function PauseDialog({ endpoint: { id, name }, onClose }: Props) {
  const t = useTranslations("endpoints.pause");
  const act = useEndpointAct();
  const reason = useReason("endpoints.reason");
  async function submit() {
    const why = reason.take();
    if (why && (await act.run(() => pauseEndpointAction(id, why)))) onClose();
  }
  return (
    <ActDialog
      words="endpoints"
      title={t("title", { name })}
      description={t("body")}
      verb={t("verb")}
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {reason.field}
    </ActDialog>
  );
}

function ResumeDialog({ endpoint: { id, name, pending }, onClose }: Props) {
  const t = useTranslations("endpoints.resume");
  const act = useEndpointAct();
  async function submit() {
    if (await act.run(() => resumeEndpointAction(id))) onClose();
  }
  return (
    <ActDialog
      words="endpoints"
      title={t("title", { name })}
      description={t("body", { count: pending })}
      verb={t("verb")}
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
    />
  );
}

function DeleteDialog({
  endpoint: { id, name, pending },
  onClose,
  onDeleted,
}: Props & { onDeleted: () => void }) {
  const t = useTranslations("endpoints.delete");
  const act = useEndpointAct();
  const reason = useReason("endpoints.reason");
  async function submit() {
    const why = reason.take();
    if (!why) return;
    const done = await act.run(async () => {
      const answer = await deleteEndpointAction(id, why);
      return answer.ok ? { ok: true as const, value: true } : answer;
    }, TOUCHED_BY_DELETION);
    if (done) onDeleted();
  }
  return (
    <ActDialog
      words="endpoints"
      title={t("title", { name })}
      description={t("body", { count: pending })}
      verb={t("verb")}
      danger
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {reason.field}
    </ActDialog>
  );
}

function RotateDialog({ endpoint: { id, name }, onClose }: Props) {
  const t = useTranslations("endpoints.rotate");
  const act = useEndpointAct();
  const [atOnce, setAtOnce] = useState(false);
  const [rotated, setRotated] = useState<RotatedSecret | null>(null);
  async function submit() {
    setRotated(await act.run(() => rotateSecretAction(id, atOnce)));
  }
  const { oldUntil, secret } = rotated ?? {};
  if (secret) {
    return (
      <Dialog
        open
        title={t("done", { name })}
        // Shown this once: not to be lost by a stray click.
        dismissable={false}
        onOpenChange={() => undefined}
        footer={
          <Button variant="primary" onClick={onClose}>
            {t("kept")}
          </Button>
        }
      >
        <SecretOnce secret={secret} />
        <p className="text-xs text-ink-2">
          {oldUntil
            ? t.rich("both", {
                at: () => (
                  <ExactTime at={oldUntil} focusable={false} className="whitespace-normal!" />
                ),
              })
            : t("ended")}
        </p>
      </Dialog>
    );
  }
  return (
    <ActDialog
      words="endpoints"
      title={t("title", { name })}
      description={t("body")}
      verb={t("verb")}
      danger={atOnce}
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Checkbox
        label={t("atOnce")}
        hint={t("atOnceHint")}
        checked={atOnce}
        onChange={({ target }) => setAtOnce(target.checked)}
      />
    </ActDialog>
  );
}
