"use client";

import { useTranslations } from "next-intl";
import { AlertStateBadge } from "#components/alerts/alert-state.tsx";
import type { QueueFilterProps } from "#components/alerts/queue-filter-menu.tsx";
import { SeverityBadge } from "#components/alerts/severity.tsx";
import { useLive } from "#components/live/use-live.ts";
import type { SuppliersView } from "#components/suppliers/suppliers-view.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { Select } from "#components/ui/select.tsx";
import { ALERT_SORTS, type AlertFilter } from "#lib/alerts/alert-filter.ts";
import { ALERT_KINDS, type AlertKind } from "#lib/alerts/alert-policy.ts";
import { ALERT_STATES, SEVERITIES } from "#lib/alerts/types.ts";

type People = { rows: { id: string; name: string }[]; readAt: string };

/** What `wanted` has with one in or out, in the order of `known`. */
const toggled = <Value,>(known: readonly Value[], wanted: readonly Value[], one: Value) =>
  known.filter((value) => (value === one) !== wanted.includes(value));

/** The choices of the filter menu. */
export function QueueFilterPanel({ filter, change }: QueueFilterProps) {
  const t = useTranslations("alerts");
  const kinds = (Object.keys(ALERT_KINDS) as AlertKind[])
    .map((value) => ({ value, label: t(`kind.${value}.title`) }))
    .sort((left, right) => left.label.localeCompare(right.label));
  return (
    <div className="grid max-h-[70dvh] w-70 gap-4 overflow-y-auto p-3">
      <fieldset className="grid grid-cols-2 gap-1.5">
        <legend className="mb-1.5 text-xs font-medium text-ink-2">{t("queue.states")}</legend>
        {ALERT_STATES.map((state) => (
          <Checkbox
            key={state}
            label={<AlertStateBadge state={state} />}
            checked={filter.states.length === 0 || filter.states.includes(state)}
            onChange={() => {
              const now = filter.states.length === 0 ? ALERT_STATES : filter.states;
              const states = toggled(ALERT_STATES, now, state);
              change({ states: states.length === ALERT_STATES.length ? [] : states });
            }}
          />
        ))}
      </fieldset>
      <fieldset className="grid grid-cols-2 gap-1.5">
        <legend className="mb-1.5 text-xs font-medium text-ink-2">{t("severity.label")}</legend>
        {SEVERITIES.toReversed().map((severity) => (
          <Checkbox
            key={severity}
            label={<SeverityBadge severity={severity} />}
            checked={filter.severities.includes(severity)}
            onChange={() =>
              change({ severities: toggled(SEVERITIES, filter.severities, severity) })
            }
          />
        ))}
      </fieldset>
      <Field label={t("queue.kind")}>
        {(control) => (
          <Select
            {...control}
            placeholder={t("queue.any")}
            value={filter.kinds[0] ?? ""}
            options={kinds}
            onChange={({ target }) =>
              change({ kinds: target.value ? [target.value as AlertKind] : [] })
            }
          />
        )}
      </Field>
      <Assignee filter={filter} change={change} />
      <Supplier filter={filter} change={change} />
      <Field label={t("queue.sortLabel")}>
        {(control) => (
          <Select
            {...control}
            value={filter.sort}
            options={ALERT_SORTS.map((value) => ({ value, label: t(`queue.sort.${value}`) }))}
            onChange={({ target }) => change({ sort: target.value as AlertFilter["sort"] })}
          />
        )}
      </Field>
      <RadioGroup
        legend={t("queue.mockLabel")}
        name="mock"
        value={filter.mock}
        onValueChange={(mock) => change({ mock: mock as AlertFilter["mock"] })}
        options={(["without", "with", "only"] as const).map((value) => ({
          value,
          label: t(`queue.mocks.${value}`),
        }))}
      />
    </div>
  );
}

function Assignee({ filter, change }: QueueFilterProps) {
  const t = useTranslations("alerts.queue");
  const people = useLive<People>({
    key: ["alert_assignees"],
    path: "/api/live/alerts/assignees",
    initial: undefined,
  });
  const named = (people.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const { assignee } = filter;
  const known = [...named, { value: "me" }, { value: "nobody" }];
  // Who is chosen stays so while the names are on their way.
  const chosen =
    assignee === null || known.some(({ value }) => value === assignee)
      ? []
      : [{ value: assignee, label: t("somebody") }];
  return (
    <Field label={t("assignee")}>
      {(control) => (
        <Select
          {...control}
          placeholder={t("any")}
          value={assignee ?? ""}
          options={[
            { value: "me", label: t("me") },
            { value: "nobody", label: t("nobody") },
            ...named,
            ...chosen,
          ]}
          onChange={({ target }) => change({ assignee: target.value || null })}
        />
      )}
    </Field>
  );
}

function Supplier({ filter, change }: QueueFilterProps) {
  const t = useTranslations("alerts.queue");
  const view = useLive<SuppliersView>({
    key: ["suppliers"],
    path: "/api/live/suppliers",
    initial: undefined,
  });
  const named = (view.data?.suppliers ?? []).map(({ budget }) => ({
    value: budget.slug,
    label: budget.name,
  }));
  const chosen = filter.suppliers[0] ?? "";
  const missing = chosen !== "" && !named.some(({ value }) => value === chosen);
  if (named.length < 2 && chosen === "") return null;
  return (
    <Field label={t("supplier")}>
      {(control) => (
        <Select
          {...control}
          placeholder={t("any")}
          value={chosen}
          options={missing ? [...named, { value: chosen, label: chosen }] : named}
          onChange={({ target }) => change({ suppliers: target.value ? [target.value] : [] })}
        />
      )}
    </Field>
  );
}
