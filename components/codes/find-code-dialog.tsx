"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { findCodeAction } from "#app/(console)/codes/stock-actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { CodeStateBadge } from "#components/codes/code-state.tsx";
import { MockBadge } from "#components/codes/mock-badge.tsx";
import { useCodeAct } from "#components/codes/use-code-act.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { FoundCode } from "#lib/codes/types.ts";

/** Finds a code by its whole value. The value goes by POST and stays in no address, log or storage. */
export function FindCodeDialog({
  typed,
  onClose,
}: {
  /** Before, in a place that is not for codes. */
  typed: string;
  onClose: () => void;
}) {
  const t = useTranslations("inventory.find");
  const act = useCodeAct();
  const [value, setValue] = useState(typed);
  const [tried, setTried] = useState(false);
  const [found, setFound] = useState<FoundCode[] | null>(null);

  async function submit() {
    setTried(true);
    setFound(null);
    if (value.trim() === "") return;
    setFound(await act.run(() => findCodeAction(value)));
  }
  return (
    <ActDialog
      words="inventory"
      size="md"
      title={t("title")}
      description={t("body")}
      verb={t("verb")}
      act={act}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label={t("value")}
        hint={t("hint")}
        error={tried && value.trim() === "" && t("missing")}
        required
      >
        {(control) => (
          <Input
            {...control}
            data-autofocus
            mono
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            // Password managers would offer to keep it.
            data-1p-ignore
            data-lpignore="true"
            maxLength={10_000}
            value={value}
            onChange={({ target }) => setValue(target.value)}
          />
        )}
      </Field>
      {found?.length === 0 && (
        <Notice tone="info" live>
          {t("none")}
        </Notice>
      )}
      {found && found.length > 0 && (
        <div className="grid gap-1.5">
          <p role="status" className="text-xs font-medium text-ink-2">
            {t("found", { count: found.length })}
          </p>
          <ul className="border-y border-line">
            {found.map((code) => (
              <li
                key={code.id}
                className="flex min-h-(--row) flex-wrap items-center gap-x-3 gap-y-1 border-line py-1.5 not-first:border-t"
              >
                <Link href={`/codes/${code.id}`} className="font-mono text-xs">
                  {code.mask}
                </Link>
                <span className="min-w-0 flex-1 truncate">
                  {code.productName}
                  {code.region && <span className="ml-2 text-xs text-ink-3">{code.region}</span>}
                </span>
                {code.isMock && <MockBadge />}
                <CodeStateBadge state={code.state} />
                {code.customerRef && (
                  <span className="max-w-40 truncate text-ink-2">{code.customerRef}</span>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </ActDialog>
  );
}
