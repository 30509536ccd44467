"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { startJobAction } from "#app/(console)/deliveries/actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import {
  type DeliveryListFilter,
  deliveryQueryOf,
  isNarrowed,
  writeDeliveryFilter,
} from "#components/deliveries/delivery-list-filter.ts";
import { InstantInput } from "#components/deliveries/instant-input.tsx";
import { JobAbout } from "#components/deliveries/job-about.tsx";
import { jobChoices } from "#components/deliveries/job-choices.ts";
import { useDeliveryAct } from "#components/deliveries/use-delivery-act.ts";
import { useLive } from "#components/live/use-live.ts";
import { newReference } from "#components/orders/new/new-reference.ts";
import { Field } from "#components/ui/field.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { TextSkeleton } from "#components/ui/skeleton.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { DeliveryCounts } from "#lib/deliveries/count-deliveries.ts";
import { JOB_COUNTED_TO } from "#lib/deliveries/job-policy.ts";
import { LONGEST_REASON, SHORTEST_REASON } from "#lib/platform/reason-limits.ts";

/** Does something to all that the list's filter finds, as a job that goes on by itself. */
export function JobDialog({
  filter,
  endpointName,
  onClose,
}: {
  filter: DeliveryListFilter;
  endpointName: string | null;
  onClose: () => void;
}) {
  const t = useTranslations("deliveryActs.many");
  const format = useFormatter();
  const act = useDeliveryAct();
  // Posted twice it is the same job.
  const [id] = useState(newReference);
  const [since, setSince] = useState(filter.since);
  const [wanted, setWanted] = useState("");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const asked = { ...filter, since };
  const query = deliveryQueryOf(asked);
  const { data, error } = useLive<DeliveryCounts>({
    key: ["delivery_jobs", "counts", query],
    path: `/api/live/deliveries/counts${query && `?${query}`}`,
    initial: undefined,
  });
  // Some states of an endpoint, or all of them: what it has pending is the same.
  const isWhole = !isNarrowed({ ...asked, endpoint: null, state: [] });
  const choices = data ? jobChoices(data, isWhole) : [];
  const chosen = choices.find(({ key }) => key === wanted) ?? choices[0];
  const needsReason = chosen?.key === "drop";
  const short = needsReason && reason.trim().length < SHORTEST_REASON;
  const shownCount = (count: number) =>
    count >= JOB_COUNTED_TO ? t("moreThan", { count: JOB_COUNTED_TO }) : format.number(count);

  async function submit(): Promise<void> {
    setTried(true);
    if (!chosen || short) return;
    const raw = writeDeliveryFilter({ ...asked, state: chosen.state });
    const begun = await act.run(() =>
      startJobAction({
        id,
        kind: chosen.kind,
        filter: raw,
        ...(reason.trim() !== "" && { reason: reason.trim() }),
      }),
    );
    if (begun) onClose();
  }

  return (
    <ActDialog
      words="deliveryActs"
      title={t("title")}
      description={t("body")}
      verb={chosen ? t(`verb.${chosen.key}`, { count: shownCount(chosen.count) }) : t("verb.none")}
      danger={chosen?.key === "drop"}
      disabled={!chosen}
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {/* Focus begins here: what can be done is known a moment later. */}
      <p
        data-autofocus
        tabIndex={-1}
        className="rounded-md border border-line bg-sunken px-3 py-2 text-xs text-ink-2 wrap-anywhere outline-none"
      >
        <JobAbout filter={asked} endpointName={endpointName ?? data?.endpoint?.name ?? null} />
      </p>
      {data ? (
        choices.length > 0 ? (
          <RadioGroup
            legend={t("what")}
            name="what"
            value={chosen?.key ?? ""}
            onValueChange={setWanted}
            options={choices.map(({ key, count }) => ({
              value: key,
              label: (
                <>
                  {t(`choice.${key}`)} <span className="text-ink-3">{shownCount(count)}</span>
                </>
              ),
              hint: t(`hint.${key}`),
            }))}
          />
        ) : (
          <p role="status">{t("none")}</p>
        )
      ) : error ? (
        <p role="alert" className="text-risk">
          {t("notCounted")}
        </p>
      ) : (
        <TextSkeleton lines={3} />
      )}
      <Field label={t("since")} hint={t("sinceHint")} optional>
        {(control) => <InstantInput control={control} value={since} onValue={setSince} />}
      </Field>
      {chosen && (
        <Field
          label={t("reason")}
          error={tried && short && t("reasonShort", { shortest: SHORTEST_REASON })}
          {...(needsReason ? { required: true } : { optional: true })}
        >
          {(control) => (
            <Textarea
              {...control}
              maxLength={LONGEST_REASON}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          )}
        </Field>
      )}
    </ActDialog>
  );
}
