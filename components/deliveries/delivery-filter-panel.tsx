"use client";

import { useTranslations } from "next-intl";
import type { DeliveryFilterProps } from "#components/deliveries/delivery-filter-menu.tsx";
import { type MockChoice, mockChoices } from "#components/deliveries/delivery-list-filter.ts";
import { DeliveryStateBadge } from "#components/deliveries/delivery-state.tsx";
import { InstantInput } from "#components/deliveries/instant-input.tsx";
import { errorKinds, notApplyReasons } from "#components/deliveries/reasons.ts";
import { useLive } from "#components/live/use-live.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { Select } from "#components/ui/select.tsx";
import { DELIVERY_STATES } from "#lib/deliveries/lifecycle.ts";
import type { EndpointNames } from "#lib/deliveries/read-endpoint-names.ts";
import { CHANNELS, type ChannelKind } from "#lib/deliveries/types.ts";
import { ALL_EVENT_TYPES, type EventType } from "#lib/events/types.ts";

/** The choices of the filter menu. */
export function DeliveryFilterPanel({ filter, change }: DeliveryFilterProps) {
  const t = useTranslations("deliveries");
  const endpoints = useLive<EndpointNames>({
    key: ["endpoints", "names"],
    path: "/api/live/deliveries/endpoints",
    initial: undefined,
  });
  const named = (endpoints.data?.rows ?? []).map(({ id, name, isDeleted }) => ({
    value: id,
    label: isDeleted ? t("deletedName", { name }) : name,
  }));
  // What is chosen stays so while the names are on their way.
  const chosen = filter.endpoint;
  const options =
    chosen === null || named.some(({ value }) => value === chosen)
      ? named
      : [{ value: chosen, label: chosen }, ...named];
  return (
    <div className="grid max-h-[70dvh] w-70 gap-4 overflow-y-auto p-3">
      <fieldset className="grid grid-cols-2 gap-1.5">
        <legend className="mb-1.5 text-xs font-medium text-ink-2">{t("state.label")}</legend>
        {DELIVERY_STATES.map((state) => (
          <Checkbox
            key={state}
            label={<DeliveryStateBadge state={state} />}
            checked={filter.state.includes(state)}
            onChange={({ target }) =>
              change({
                state: DELIVERY_STATES.filter((other) =>
                  other === state ? target.checked : filter.state.includes(other),
                ),
              })
            }
          />
        ))}
      </fieldset>
      <Field label={t("endpoint")}>
        {(control) => (
          <Select
            {...control}
            placeholder={t("any")}
            value={chosen ?? ""}
            options={options}
            onChange={({ target }) => change({ endpoint: target.value || null })}
          />
        )}
      </Field>
      <Field label={t("channel.label")}>
        {(control) => (
          <Select
            {...control}
            placeholder={t("any")}
            value={filter.channel ?? ""}
            options={CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))}
            onChange={({ target }) => change({ channel: (target.value as ChannelKind) || null })}
          />
        )}
      </Field>
      <Field label={t("event")}>
        {(control) => (
          <Select
            {...control}
            placeholder={t("any")}
            value={filter.type ?? ""}
            options={ALL_EVENT_TYPES.map((value) => ({ value, label: value }))}
            onChange={({ target }) => change({ type: (target.value as EventType) || null })}
          />
        )}
      </Field>
      <Field label={t("reason.label")}>
        {(control) => (
          <Select
            {...control}
            placeholder={t("any")}
            value={filter.reason ?? ""}
            options={[...notApplyReasons, ...errorKinds].map((value) => ({
              value,
              label: t(`reason.${value}`),
            }))}
            onChange={({ target }) => change({ reason: target.value || null })}
          />
        )}
      </Field>
      <Field label={t("since")}>
        {(control) => (
          <InstantInput
            control={control}
            value={filter.since}
            onValue={(since) => change({ since })}
          />
        )}
      </Field>
      <Field label={t("until")}>
        {(control) => (
          <InstantInput
            control={control}
            value={filter.until}
            onValue={(until) => change({ until })}
          />
        )}
      </Field>
      <RadioGroup
        legend={t("mock.label")}
        name="mock"
        value={filter.mock}
        options={mockChoices.map((value) => ({ value, label: t(`mock.${value}`) }))}
        onValueChange={(mock) => change({ mock: mock as MockChoice })}
      />
    </div>
  );
}
