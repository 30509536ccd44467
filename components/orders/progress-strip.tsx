"use client";

import { clsx } from "clsx";
import {
  Circle,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDotDashed,
  CircleMinus,
  CircleX,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { progressOf, type StageState, type Step } from "#components/orders/progress.ts";
import { RelativeTime } from "#components/ui/time.tsx";
import { type Tone, toneSign } from "#components/ui/tone.ts";
import type { OrderDetail } from "#lib/orders/types.ts";

const looks: Record<StageState, { tone: Tone; icon: ReactNode }> = {
  done: { tone: "done", icon: <CircleCheck aria-hidden /> },
  current: { tone: "moving", icon: <CircleDotDashed aria-hidden /> },
  waiting: { tone: "waiting", icon: <CircleDashed aria-hidden /> },
  todo: { tone: "waiting", icon: <Circle aria-hidden /> },
  stopped: { tone: "risk", icon: <CircleX aria-hidden /> },
  look: { tone: "look", icon: <CircleAlert aria-hidden /> },
  skipped: { tone: "waiting", icon: <CircleMinus aria-hidden /> },
};

/** The way from the click to the code, and how far the order came. */
export function ProgressStrip({ order }: { order: OrderDetail }) {
  const t = useTranslations("orders");
  const steps = progressOf(order);
  // The last step has the name of how it ended, where it ended otherwise.
  const nameOf = ({ stage, state }: Step) =>
    stage === "completed" && (state === "stopped" || state === "look")
      ? t(`status.${order.status}`)
      : t(`progress.${stage}`);
  return (
    <ol aria-label={t("progress.label")} className="grid max-w-160 grid-cols-4">
      {steps.map((step, index) => {
        const { tone, icon } = looks[step.state];
        const quiet = step.state === "todo" || step.state === "skipped";
        return (
          <li
            key={step.stage}
            {...((step.state === "current" || step.state === "waiting") && {
              "aria-current": "step",
            })}
            className="grid min-w-0 content-start gap-1"
          >
            <span className="flex items-center gap-1.5">
              <span className={clsx("inline-flex", toneSign[tone])}>{icon}</span>
              {index < steps.length - 1 && (
                <span
                  aria-hidden
                  className={clsx(
                    "mr-1.5 h-px flex-1",
                    step.state === "done" ? "bg-done-solid" : "bg-line-strong",
                  )}
                />
              )}
            </span>
            <span className={clsx("pr-1 text-xs", quiet ? "text-ink-3" : "font-medium")}>
              {nameOf(step)}
              <span className="sr-only">, {t(`progress.state.${step.state}`)}</span>
            </span>
            {step.at && <RelativeTime at={step.at} className="w-fit text-xs text-ink-3" />}
          </li>
        );
      })}
    </ol>
  );
}
