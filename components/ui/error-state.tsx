import { CloudAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Reference } from "#components/ui/reference.tsx";

/**
 * Something could not be shown: what happened, what it means, what to do, and the reference under
 * which the log has the rest. `heading` is 1 where it is the whole page.
 */
export function ErrorState({
  title,
  children,
  reference,
  action,
  heading = 2,
}: {
  title?: ReactNode;
  children?: ReactNode;
  reference?: string | null;
  /** Mostly a "Try again" button. */
  action?: ReactNode;
  heading?: 1 | 2;
}) {
  const t = useTranslations("ui");
  const Heading = `h${heading}` as const;
  return (
    <div role="alert" className="px-gutter flex flex-col items-start gap-3 py-10">
      <CloudAlert aria-hidden className="size-5 text-risk-solid" />
      <div className="grid max-w-prose gap-1">
        <Heading className="text-base font-semibold">{title ?? t("error.title")}</Heading>
        <div className="text-pretty text-ink-2">{children ?? t("error.body")}</div>
      </div>
      {action}
      {reference && <Reference value={reference} />}
    </div>
  );
}
