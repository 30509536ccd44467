"use client";

import { clsx } from "clsx";
import { CircleCheck, Info, OctagonAlert, TriangleAlert } from "lucide-react";
import { lazy, type ReactNode, Suspense } from "react";

// Few notices have one; its copy button comes when one does.
const Reference = lazy(async () => ({
  default: (await import("#components/ui/reference.tsx")).Reference,
}));

type NoticeTone = "info" | "done" | "look" | "risk" | "mock";

const looks: Record<NoticeTone, { box: string; sign: string; icon: ReactNode }> = {
  info: {
    box: "border-line-strong bg-ground",
    sign: "text-ink-3",
    icon: <Info aria-hidden />,
  },
  done: {
    box: "border-done-line bg-done-soft",
    sign: "text-done",
    icon: <CircleCheck aria-hidden />,
  },
  look: {
    box: "border-look-line bg-look-soft",
    sign: "text-look",
    icon: <TriangleAlert aria-hidden />,
  },
  risk: {
    box: "border-risk-line bg-risk-soft",
    sign: "text-risk",
    icon: <OctagonAlert aria-hidden />,
  },
  mock: {
    box: "border-mock-line bg-mock-soft",
    sign: "text-mock",
    icon: <Info aria-hidden />,
  },
};

/**
 * A word from the page itself, in its place: info (grey), done, look (amber), risk (red), mock.
 * `live` reads it out when it appears after something the reader did.
 */
export function Notice({
  tone = "info",
  title,
  children,
  action,
  icon,
  reference,
  live = false,
  className,
}: {
  tone?: NoticeTone;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
  reference?: string | null;
  live?: boolean;
  className?: string;
}) {
  const look = looks[tone];
  return (
    <div
      {...(live && { role: tone === "risk" || tone === "look" ? "alert" : "status" })}
      className={clsx(
        "flex flex-wrap items-start gap-x-3 gap-y-2 rounded-md border px-3 py-2.5",
        look.box,
        className,
      )}
    >
      <span className={clsx("mt-0.5 inline-flex", look.sign)}>{icon ?? look.icon}</span>
      <div className="grid min-w-48 flex-1 gap-0.5">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className="max-w-prose text-pretty text-ink-2">{children}</div>}
        {reference && (
          <Suspense fallback={<p className="text-xs text-ink-2">{reference}</p>}>
            <Reference value={reference} />
          </Suspense>
        )}
      </div>
      {action}
    </div>
  );
}
