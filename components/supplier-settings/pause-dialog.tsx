"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { pauseSupplierAction } from "#app/(console)/settings/suppliers/actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import type { AccountView } from "#components/supplier-settings/account-view.ts";
import { isOn } from "#components/supplier-settings/standing-of.ts";
import { useAccountAct } from "#components/supplier-settings/use-account-act.ts";
import { Field } from "#components/ui/field.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { useClock } from "#components/ui/use-clock.ts";
import { useSpan } from "#components/ui/use-elapsed-text.ts";
import { LONGEST_REASON, SHORTEST_REASON } from "#lib/platform/reason-limits.ts";

const MINUTE_MS = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;
/** No pause is for ever: who wants that takes the account away. */
const MINUTES = [30, HOUR, 4 * HOUR, 12 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY];

/** Stops buying there, or asking it, for a while; says what goes on meanwhile. */
export function PauseDialog({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const t = useTranslations("supplierSettings.pause");
  const act = useAccountAct();
  const span = useSpan();
  const now = useClock();
  const { id, name, orderingPaused, pollingPaused } = account;
  const isPaused = { ordering: isOn(orderingPaused, now), polling: isOn(pollingPaused, now) };
  const [what, setWhat] = useState<"ordering" | "polling">(
    isPaused.ordering ? "polling" : "ordering",
  );
  const [minutes, setMinutes] = useState(String(HOUR));
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const isShort = reason.trim().length < SHORTEST_REASON;
  async function submit() {
    setTried(true);
    if (isShort) return;
    const wish = { id, what, minutes: Number(minutes), reason: reason.trim() };
    const done = await act.run(async () => {
      const answer = await pauseSupplierAction(wish);
      return answer.ok ? { ok: true as const, value: true } : answer;
    });
    if (done) onClose();
  }
  return (
    <ActDialog
      words="supplierSettings"
      title={t("title", { name })}
      verb={t(`verb.${what}`)}
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <RadioGroup
        legend={t("what")}
        name="what"
        startHere
        value={what}
        onValueChange={(value) => setWhat(value === "polling" ? "polling" : "ordering")}
        options={(["ordering", "polling"] as const).map((one) => ({
          value: one,
          label: t(`${one}.label`),
          hint: t(`${one}.hint`),
          disabled: isPaused[one],
        }))}
      />
      <Field label={t("long")} hint={t("longHint")}>
        {(control) => (
          <Select
            {...control}
            value={minutes}
            onChange={({ target }) => setMinutes(target.value)}
            options={MINUTES.map((one) => ({ value: String(one), label: span(one * MINUTE_MS) }))}
          />
        )}
      </Field>
      <Field
        label={t("reason")}
        hint={t("reasonHint")}
        error={tried && isShort && t("short", { shortest: SHORTEST_REASON })}
        required
      >
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={LONGEST_REASON}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        )}
      </Field>
    </ActDialog>
  );
}
