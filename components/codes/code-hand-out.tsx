"use client";

import { CircleCheck, CircleX, Hourglass, Lock, TimerOff } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { CodeQuestion } from "#components/codes/code-question.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { Section } from "#components/ui/section.tsx";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import { ExactTime, RelativeTime } from "#components/ui/time.tsx";
import { TimeLeft } from "#components/ui/time-left.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { ClaimLinkState, ClaimLinkView, CodeDetail, HandOutView } from "#lib/codes/types.ts";

const looks: Record<ClaimLinkState, { tone: Tone; icon: ReactNode }> = {
  open: { tone: "moving", icon: <Hourglass aria-hidden /> },
  opened: { tone: "done", icon: <CircleCheck aria-hidden /> },
  revoked: { tone: "waiting", icon: <CircleX aria-hidden /> },
  expired: { tone: "look", icon: <TimerOff aria-hidden /> },
  locked: { tone: "risk", icon: <Lock aria-hidden /> },
};

/** To whom a code was given, when, how, and what became of its claim links. */
export function CodeHandOut({
  code,
  handOut,
  onAsk,
}: {
  code: CodeDetail;
  handOut: HandOutView;
  onAsk: (question: CodeQuestion) => void;
}) {
  const t = useTranslations("inventory.given");
  const isLink = handOut.way === "link";
  const [latest] = handOut.links;
  const renewable = isLink && code.may.handOut && code.state === "handed_out";
  return (
    <Section
      title={t("title")}
      action={
        renewable && (
          <Button size="sm" onClick={() => onAsk({ kind: "renew_link", id: handOut.id })}>
            {t(latest?.state === "open" ? "another" : "renew")}
          </Button>
        )
      }
    >
      <div className="grid max-w-200 gap-3">
        <p>
          {t.rich("said", {
            way: t(`ways.${handOut.way}`),
            customer: () => <strong className="font-medium">{handOut.customerRef}</strong>,
            who: handOut.createdBy,
            at: () => <ExactTime at={handOut.createdAt} className="whitespace-normal!" />,
          })}
          {handOut.codes > 1 && (
            <Link tone="prose" href={`/codes?search=${handOut.id}`} className="ml-2">
              {t("together", { count: handOut.codes })}
            </Link>
          )}
        </p>
        {handOut.note && <p className="text-ink-2 wrap-anywhere">{handOut.note}</p>}
        {handOut.links.length > 0 && (
          <ul aria-label={t("links")} className="border-y border-line">
            {handOut.links.map((link) => (
              <LinkLine key={link.id} link={link} code={code} onAsk={onAsk} />
            ))}
          </ul>
        )}
      </div>
    </Section>
  );
}

function LinkLine({
  link,
  code,
  onAsk,
}: {
  link: ClaimLinkView;
  code: CodeDetail;
  onAsk: (question: CodeQuestion) => void;
}) {
  const t = useTranslations("inventory.given");
  const { tone, icon } = looks[link.state];
  const at = link.openedAt ?? link.revokedAt;
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 border-line py-2 not-first:border-t">
      <StatusBadge tone={tone} icon={icon}>
        {t(`state.${link.state}`)}
      </StatusBadge>
      <span className="text-xs text-ink-2">
        {at ? (
          <RelativeTime at={at} />
        ) : (
          link.state === "open" && (
            <TimeLeft until={link.expiresAt} littleMs={86_400_000} focusable />
          )
        )}
      </span>
      {link.hasPin && <Badge>{t("pin")}</Badge>}
      {link.wrongTries > 0 && (
        <span className="text-xs text-look">{t("wrongTries", { count: link.wrongTries })}</span>
      )}
      <span className="ml-auto flex items-center gap-3 text-xs text-ink-3">
        <span>
          {t("madeBy", { who: link.createdBy })} <RelativeTime at={link.createdAt} />
        </span>
        {link.state === "open" && code.may.handOut && (
          <Button size="sm" onClick={() => onAsk({ kind: "revoke_link", id: link.id })}>
            {t("revoke")}
          </Button>
        )}
      </span>
    </li>
  );
}
