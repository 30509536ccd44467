import {
  Activity,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  Clock,
  Gauge,
} from "lucide-react";
import type { ReactNode } from "react";
import type { Health } from "#components/suppliers/health-of.ts";
import type { Tone } from "#components/ui/tone.ts";

/** How each state of an account looks; its words are `suppliers.health.*`. */
export const healthSigns: Record<Health, { tone: Tone; icon: ReactNode }> = {
  ok: { tone: "done", icon: <CircleCheck aria-hidden /> },
  slowed: { tone: "look", icon: <Gauge aria-hidden /> },
  silenced: { tone: "look", icon: <Clock aria-hidden /> },
  erroring: { tone: "risk", icon: <CircleX aria-hidden /> },
  paused: { tone: "risk", icon: <CirclePause aria-hidden /> },
  trying: { tone: "look", icon: <Activity aria-hidden /> },
  unknown: { tone: "waiting", icon: <CircleDashed aria-hidden /> },
};
