"use client";

import { ChevronRight, CircleCheck, CircleX, CloudOff, Send, Unplug } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { answerCode } from "#components/deliveries/answer-code.ts";
import { ReasonWord } from "#components/deliveries/reason-word.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { Tone } from "#components/ui/tone.ts";
import { useSpan } from "#components/ui/use-elapsed-text.ts";
import type { AttemptView } from "#lib/deliveries/read-delivery.ts";
import type { ChannelKind } from "#lib/deliveries/types.ts";

const looks: Record<
  NonNullable<AttemptView["outcome"]> | "underWay",
  { tone: Tone; icon: ReactNode }
> = {
  underWay: { tone: "moving", icon: <Send aria-hidden /> },
  accepted: { tone: "done", icon: <CircleCheck aria-hidden /> },
  refused: { tone: "risk", icon: <CircleX aria-hidden /> },
  failed: { tone: "risk", icon: <CloudOff aria-hidden /> },
  interrupted: { tone: "look", icon: <Unplug aria-hidden /> },
};

/** One try: in a line how it went; opened, what was sent and what came back. */
export function Attempt({
  attempt,
  channel,
  open,
}: {
  attempt: AttemptView;
  channel: ChannelKind | undefined;
  open: boolean;
}) {
  const t = useTranslations("deliveryActs.tries");
  const format = useFormatter();
  const { outcome, errorKind, status, tookMs, request, answer } = attempt;
  const shown = outcome ?? "underWay";
  // Several may be open at once.
  const named = (part: string) => `${t("number", { number: attempt.number })}: ${part}`;
  return (
    <li>
      <details open={open} className="group rounded-md border border-line">
        <summary className="flex min-h-(--row) flex-wrap items-center gap-x-3 gap-y-1 rounded-md px-3 py-1.5 select-none hover:bg-hover focus-visible:-outline-offset-2">
          <ChevronRight
            aria-hidden
            className="size-4 shrink-0 text-ink-3 transition-transform group-open:rotate-90"
          />
          <span className="w-12 shrink-0 text-ink-2">
            {t("number", { number: attempt.number })}
          </span>
          <StatusBadge {...looks[shown]}>
            {errorKind ? <ReasonWord reason={errorKind} /> : t(`outcome.${shown}`)}
          </StatusBadge>
          {status !== null && <span className="text-ink-2">{answerCode(channel, status)}</span>}
          <span className="ml-auto flex items-baseline gap-3 text-xs text-ink-3 max-sm:ml-7 max-sm:basis-full">
            {tookMs !== null && <span>{t("took", { ms: format.number(tookMs, "count") })}</span>}
            <RelativeTime at={attempt.startedAt} />
          </span>
        </summary>
        <div className="grid grid-cols-1 gap-3 border-t border-line px-3 py-3">
          {attempt.waitMs !== null && <AskedWait waitMs={attempt.waitMs} />}
          {request ? (
            <Part title={t("request", { to: request.to })}>
              {Object.keys(request.headers).length > 0 && (
                <CodeBlock
                  text={Object.entries(request.headers)
                    .map(([name, value]) => `${name}: ${value}`)
                    .join("\n")}
                  label={named(t("headers"))}
                />
              )}
              <CodeBlock
                text={indented(request.body)}
                label={named(t("body"))}
                copyLabel={t("copyBody")}
              />
              <p className="text-xs text-ink-3">{t("redacted")}</p>
            </Part>
          ) : (
            <p className="text-ink-2">{t("noRequest")}</p>
          )}
          <Part title={t("answer")}>
            {answer ? (
              <CodeBlock
                text={answer}
                label={named(t("answer"))}
                copyLabel={t("copyAnswer")}
                wrap
              />
            ) : (
              <p className="text-ink-2">{t(outcome === null ? "noAnswerYet" : "noAnswer")}</p>
            )}
          </Part>
        </div>
      </details>
    </li>
  );
}

function Part({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <div className="grid grid-cols-1 gap-1.5">
      <h3 className="text-xs font-medium text-ink-2 wrap-anywhere">{title}</h3>
      {children}
    </div>
  );
}

function AskedWait({ waitMs }: { waitMs: number }) {
  const t = useTranslations("deliveryActs.tries");
  const span = useSpan();
  return <p className="text-ink-2">{t("askedWait", { span: span(waitMs) })}</p>;
}

/** JSON by lines; anything else as it is. */
function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
