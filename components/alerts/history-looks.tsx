import {
  BellRing,
  CircleCheck,
  Clock,
  Eye,
  EyeOff,
  Layers,
  MousePointerClick,
  Plus,
  RotateCcw,
  StickyNote,
  Sunrise,
  TrendingDown,
  TrendingUp,
  TriangleAlert,
  User,
} from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "#components/ui/tone.ts";
import type { EntryKind } from "#lib/alerts/types.ts";

/** How each kind of entry looks; its sentence is `alerts.history.*`. */
export const historyLooks: Record<EntryKind, { tone: Tone; icon: ReactNode }> = {
  opened: { tone: "look", icon: <TriangleAlert aria-hidden /> },
  recurred: { tone: "look", icon: <Plus aria-hidden /> },
  eased: { tone: "waiting", icon: <TrendingDown aria-hidden /> },
  worsened: { tone: "risk", icon: <TrendingUp aria-hidden /> },
  acknowledged: { tone: "moving", icon: <Eye aria-hidden /> },
  lapsed: { tone: "look", icon: <EyeOff aria-hidden /> },
  snoozed: { tone: "waiting", icon: <Clock aria-hidden /> },
  woken: { tone: "look", icon: <Sunrise aria-hidden /> },
  assigned: { tone: "waiting", icon: <User aria-hidden /> },
  noted: { tone: "waiting", icon: <StickyNote aria-hidden /> },
  resolved: { tone: "done", icon: <CircleCheck aria-hidden /> },
  reopened: { tone: "look", icon: <RotateCcw aria-hidden /> },
  grouped: { tone: "waiting", icon: <Layers aria-hidden /> },
  notified: { tone: "moving", icon: <BellRing aria-hidden /> },
  acted: { tone: "moving", icon: <MousePointerClick aria-hidden /> },
};
