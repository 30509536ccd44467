import { useTranslations } from "next-intl";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { SeenKey } from "#lib/access/people/types.ts";

/** API keys that somebody was shown and could go on using, and the way to where they end; nothing where there are none. */
export function KeysNotice({ keys }: { keys: readonly SeenKey[] }) {
  const t = useTranslations("people.keys");
  if (keys.length === 0) return null;
  return (
    <Notice
      tone="look"
      title={t("title")}
      action={
        <ButtonLink href="/settings/api-keys" size="sm">
          {t("action")}
        </ButtonLink>
      }
    >
      <p>{t("body")}</p>
      <ul className="mt-1 grid">
        {keys.map(({ id, name, prefix }) => (
          <li key={id} className="wrap-anywhere">
            {name} <span className="font-mono text-xs">{prefix}…</span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
