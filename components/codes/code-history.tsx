"use client";

import {
  Archive,
  CalendarCheck,
  CalendarX,
  CircleDot,
  CircleX,
  Copy,
  Eye,
  HandHelping,
  Hourglass,
  Link2,
  MessageSquareWarning,
  RefreshCw,
  ScanSearch,
  Send,
  Undo2,
} from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Section } from "#components/ui/section.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { Timeline, TimelineItem } from "#components/ui/timeline.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { CodeDetail, CodeEvent } from "#lib/codes/types.ts";

/** What the audit log says of codes; anything else is told by its own name. */
const looks = {
  "code.revealed": { tone: "look", icon: <Eye aria-hidden /> },
  "code.copied": { tone: "look", icon: <Copy aria-hidden /> },
  "code.pushed": { tone: "done", icon: <Send aria-hidden /> },
  "code.handed_out": { tone: "done", icon: <HandHelping aria-hidden /> },
  "code.reserved": { tone: "moving", icon: <Hourglass aria-hidden /> },
  "code.released": { tone: "waiting", icon: <Undo2 aria-hidden /> },
  "code.marked_bad": { tone: "risk", icon: <CircleX aria-hidden /> },
  "code.unmarked": { tone: "waiting", icon: <Undo2 aria-hidden /> },
  "code.replaced": { tone: "done", icon: <RefreshCw aria-hidden /> },
  "code.expired": { tone: "look", icon: <CalendarX aria-hidden /> },
  "code.expiry_corrected": { tone: "waiting", icon: <CalendarCheck aria-hidden /> },
  "code.withheld": { tone: "risk", icon: <CircleX aria-hidden /> },
  "code.searched": { tone: "waiting", icon: <ScanSearch aria-hidden /> },
  "claim_link.made": { tone: "moving", icon: <Link2 aria-hidden /> },
  "claim_link.opened": { tone: "done", icon: <Link2 aria-hidden /> },
  "claim_link.revoked": { tone: "waiting", icon: <Link2 aria-hidden /> },
  "claim_link.locked": { tone: "risk", icon: <Link2 aria-hidden /> },
  "complaint.opened": { tone: "look", icon: <MessageSquareWarning aria-hidden /> },
  "complaint.closed": { tone: "done", icon: <MessageSquareWarning aria-hidden /> },
} as const satisfies Record<string, { tone: Tone; icon: ReactNode }>;

type Known = keyof typeof looks;
const isKnown = (action: string): action is Known => Object.hasOwn(looks, action);

/** Everything that was done to a code, oldest first: what is new is put below and moves nothing. */
export function CodeHistory({ code }: { code: CodeDetail }) {
  const t = useTranslations("inventory.history");
  return (
    <Section title={t("title")} description={code.historyCut ? t("cut") : null}>
      <div className="grid max-w-200">
        <Timeline label={t("title")}>
          <TimelineItem
            icon={<Archive aria-hidden />}
            title={t(code.import ? "imported" : "stored")}
            at={<RelativeTime at={code.storedAt} />}
          />
          {code.history.map((event) => {
            const look = isKnown(event.action)
              ? looks[event.action]
              : { tone: "waiting" as const, icon: <CircleDot aria-hidden /> };
            return (
              <TimelineItem
                key={event.id}
                tone={look.tone}
                icon={look.icon}
                title={<Words event={event} />}
                at={<RelativeTime at={event.at} />}
                by={event.actor}
              >
                {event.reason}
              </TimelineItem>
            );
          })}
        </Timeline>
      </div>
    </Section>
  );
}

function Words({ event: { action, details } }: { event: CodeEvent }) {
  const t = useTranslations("inventory.history");
  const given = useTranslations("inventory.given.ways");
  const format = useFormatter();
  const { way } = details;
  if (!isKnown(action)) return <code className="font-mono text-xs">{action}</code>;
  const [kind, what] = action.split(".") as [string, string];
  if (action === "code.pushed") return t(action, { endpoint: String(details.endpoint ?? "") });
  const words = t(`${kind}.${what}` as "code.revealed");
  // i18n-use: inventory.history.code.*, inventory.history.claim_link.*, inventory.history.complaint.*
  const known = (["reveal", "slip", "link", "push"] as const).find((one) => one === way);
  if (action === "code.expiry_corrected") {
    const day = typeof details.expiresAt === "string" && new Date(details.expiresAt);
    return `${words}: ${day ? format.dateTime(day, "dayYear") : t("noExpiry")}`;
  }
  if (action === "code.handed_out" && details.renewed === true) return t("renewed");
  if (action === "code.handed_out" && known) return `${words} (${given(known)})`;
  return words;
}
