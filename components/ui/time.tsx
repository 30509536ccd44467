"use client";

import { clsx } from "clsx";
import { useFormatter, useTranslations } from "next-intl";
import { relativeLimit } from "#components/ui/elapsed.ts";
import { useClock } from "#components/ui/use-clock.ts";
import { useAgo, useSpan } from "#components/ui/use-elapsed-text.ts";

type Props = {
  /** An ISO 8601 instant. */
  at: string;
  /** Lets the keyboard reach the exact time. Off in table rows: fifty more stops help nobody. */
  focusable?: boolean;
  className?: string;
};

function useExact(at: Date): string {
  const t = useTranslations("ui");
  const format = useFormatter();
  return t("time.exact", {
    local: format.dateTime(at, "exact"),
    utc: at.toISOString().replace("T", " ").slice(0, 19),
  });
}

// Two runtimes may differ in a comma of a date; the browser's own next render settles it.
function TimeElement({ at, focusable = true, className, text }: Props & { text: string }) {
  const exact = useExact(new Date(at));
  return (
    <time
      dateTime={at}
      data-tip={exact}
      {...(focusable && { tabIndex: 0 })}
      suppressHydrationWarning
      className={clsx("rounded-sm whitespace-nowrap", className)}
    >
      {text}
    </time>
  );
}

/** "3 min ago", after a week the date; the exact time, local and UTC, on hover and focus. */
export function RelativeTime(props: Props) {
  const at = new Date(props.at);
  const format = useFormatter();
  const ago = useAgo();
  const age = useClock(at.getTime()) - at.getTime();
  const text = age < relativeLimit ? ago(age) : format.dateTime(at, "dayYear");
  return <TimeElement {...props} text={text} />;
}

/** "3 min": the age of something that still goes on; with `until`, how long it took. */
export function Age({ until, ...props }: Props & { until?: string | null }) {
  const span = useSpan();
  const start = new Date(props.at).getTime();
  const now = useClock(start);
  const end = until ? new Date(until).getTime() : now;
  return <TimeElement {...props} text={span(end - start)} />;
}

/** Date and time to the second in the reader's time zone; UTC on hover and focus. */
export function ExactTime(props: Props) {
  const format = useFormatter();
  return <TimeElement {...props} text={format.dateTime(new Date(props.at), "exact")} />;
}
