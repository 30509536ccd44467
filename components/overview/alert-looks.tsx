import { Info, OctagonAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "#components/ui/tone.ts";
import type { AlertSeverity } from "#lib/alerts/types.ts";

/** How each severity looks, worst first; its words are `overview.alerts.severity.*`. */
export const severityLooks: Record<AlertSeverity, { tone: Tone; icon: ReactNode }> = {
  critical: { tone: "risk", icon: <OctagonAlert aria-hidden /> },
  warning: { tone: "look", icon: <TriangleAlert aria-hidden /> },
  info: { tone: "waiting", icon: <Info aria-hidden /> },
};
