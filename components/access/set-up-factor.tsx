"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import type { ActionResult } from "#app/_server/run-action.ts";
import { CodeField } from "#components/access/code-field.tsx";
import { RecoveryCodes } from "#components/access/recovery-codes.tsx";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { ConfirmResult } from "#lib/access/second-factor/enrol.ts";
import type { QrCode, TotpOffer } from "#lib/access/second-factor/totp.ts";

type Doors = {
  offer: () => Promise<ActionResult<TotpOffer> | null>;
  confirm: (code: string) => Promise<ActionResult<ConfirmResult> | null>;
};
type Problem = "missing" | "refused" | "failed" | { minutes: number };

/** Setting up an authenticator app: what to scan, its first code, and the codes for when it is lost. */
export function SetUpFactor({ doors, onDone }: { doors: Doors; onDone: () => void }) {
  const t = useTranslations("secondFactor.setUp");
  const field = useRef<HTMLInputElement>(null);
  const [offer, setOffer] = useState<TotpOffer | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function begin() {
    setBusy(true);
    const answer = await doors.offer().catch(() => null);
    setBusy(false);
    setProblem(answer?.ok ? null : "failed");
    if (answer?.ok) setOffer(answer.value);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const code = field.current?.value.trim() ?? "";
    if (busy) return;
    if (!code) return setProblem("missing");
    setBusy(true);
    const answer = await doors.confirm(code).catch(() => null);
    setBusy(false);
    if (!answer?.ok) return setProblem("failed");
    const { value } = answer;
    if (value.kind === "set_up") return setCodes(value.recoveryCodes);
    setProblem(
      value.kind === "refused" ? "refused" : { minutes: Math.ceil(value.retryAfterSeconds / 60) },
    );
    field.current?.select();
  }

  if (codes) return <RecoveryCodes codes={codes} onKept={onDone} />;
  if (!offer) {
    return (
      <div className="grid gap-4">
        <p className="text-pretty text-ink-2">{t("body")}</p>
        {problem && (
          <Notice tone="look" live>
            {t("problem.failed")}
          </Notice>
        )}
        <Button variant="primary" busy={busy} onClick={() => void begin()}>
          {t("begin")}
        </Button>
      </div>
    );
  }
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="grid gap-4">
      <p className="text-pretty text-ink-2">{t("scan")}</p>
      <Qr code={offer.qr} label={t("qr")} />
      <div className="grid gap-1">
        <p className="text-xs text-ink-2">{t("type")}</p>
        <div className="flex flex-wrap items-center gap-2">
          <code data-testid="totp-secret" className="font-mono text-xs select-all wrap-anywhere">
            {offer.secret}
          </code>
          <CopyButton value={offer.secret.replaceAll(" ", "")} label={t("copy")} />
        </div>
      </div>
      <CodeField
        label={t("code")}
        field={field}
        error={
          problem &&
          (typeof problem === "string"
            ? t(`problem.${problem}`)
            : t("problem.tooMany", { minutes: problem.minutes }))
        }
      />
      <Button type="submit" variant="primary" busy={busy}>
        {t("confirm")}
      </Button>
    </form>
  );
}

/** Black on white in both themes: not every camera reads the other way round. */
function Qr({ code, label }: { code: QrCode; label: string }) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${code.size} ${code.size}`}
      shapeRendering="crispEdges"
      className="mx-auto w-full max-w-52 rounded-md border border-line"
    >
      <rect width={code.size} height={code.size} fill="white" />
      <path d={code.path} fill="black" />
    </svg>
  );
}
