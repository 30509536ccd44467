"use client";

import { useTranslations } from "next-intl";
import type { CodeFilterProps } from "#components/codes/code-filter-menu.tsx";
import { CodeStateBadge } from "#components/codes/code-state.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { CODE_STATES } from "#lib/codes/lifecycle.ts";

/** The choices of the filter menu. */
export function CodeFilterPanel({ filter, change }: CodeFilterProps) {
  const t = useTranslations("codes");
  return (
    <div className="grid max-h-[70dvh] w-58 gap-4 overflow-y-auto p-3">
      <fieldset className="grid gap-1.5">
        <legend className="mb-1.5 text-xs font-medium text-ink-2">{t("state.label")}</legend>
        {CODE_STATES.map((state) => (
          <Checkbox
            key={state}
            label={<CodeStateBadge state={state} />}
            checked={filter.state.includes(state)}
            onChange={({ target }) =>
              change({
                state: CODE_STATES.filter((other) =>
                  other === state ? target.checked : filter.state.includes(other),
                ),
              })
            }
          />
        ))}
      </fieldset>
      <fieldset className="grid gap-1.5">
        <legend className="mb-1.5 text-xs font-medium text-ink-2">{t("only")}</legend>
        <Checkbox
          label={t("expiringSoon")}
          checked={filter.expiring}
          onChange={({ target }) => change({ expiring: target.checked })}
        />
        <Checkbox
          label={t("mockCodes")}
          checked={filter.mock}
          onChange={({ target }) => change({ mock: target.checked })}
        />
      </fieldset>
    </div>
  );
}
