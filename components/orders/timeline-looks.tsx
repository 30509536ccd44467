import {
  Ban,
  CircleCheck,
  CircleQuestionMark,
  Coins,
  Eye,
  Flag,
  History,
  Hourglass,
  KeyRound,
  RefreshCw,
  ScrollText,
  Search,
  SearchX,
  Send,
  TriangleAlert,
  Wallet,
} from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "#components/ui/tone.ts";
import type { TimelineKind } from "#lib/orders/timeline.ts";

/** How each kind of entry looks; its sentence is `orders.timeline.*`. */
export const timelineLooks: Record<TimelineKind, { tone: Tone; icon: ReactNode }> = {
  placed: { tone: "waiting", icon: <ScrollText aria-hidden /> },
  create_sent: { tone: "waiting", icon: <Send aria-hidden /> },
  create_accepted: { tone: "done", icon: <CircleCheck aria-hidden /> },
  create_refused: { tone: "risk", icon: <Ban aria-hidden /> },
  create_deferred: { tone: "look", icon: <Hourglass aria-hidden /> },
  create_unknown: { tone: "look", icon: <CircleQuestionMark aria-hidden /> },
  pay_sent: { tone: "waiting", icon: <Send aria-hidden /> },
  pay_accepted: { tone: "done", icon: <Coins aria-hidden /> },
  pay_refused: { tone: "look", icon: <Wallet aria-hidden /> },
  pay_unknown: { tone: "look", icon: <CircleQuestionMark aria-hidden /> },
  // Takes the look of the state that it leads to.
  status_changed: { tone: "moving", icon: <Flag aria-hidden /> },
  looked: { tone: "waiting", icon: <Search aria-hidden /> },
  look_failed: { tone: "look", icon: <SearchX aria-hidden /> },
  look_requested: { tone: "waiting", icon: <RefreshCw aria-hidden /> },
  backward_ignored: { tone: "waiting", icon: <History aria-hidden /> },
  codes_stored: { tone: "done", icon: <KeyRound aria-hidden /> },
  signal_opened: { tone: "look", icon: <TriangleAlert aria-hidden /> },
  signal_cleared: { tone: "done", icon: <CircleCheck aria-hidden /> },
  code_revealed: { tone: "waiting", icon: <Eye aria-hidden /> },
};
