import { CircleCheck, CircleDashed, CircleX, Clock } from "lucide-react";
import type { ReactNode } from "react";
import type { ShellState, SupplierHealth } from "#components/shell/shell-state.ts";
import type { Tone } from "#components/ui/tone.ts";

export type HealthSign = { tone: Tone; icon: ReactNode; well: boolean };

export const supplierSigns: Record<SupplierHealth, HealthSign> = {
  ok: { tone: "done", icon: <CircleCheck aria-hidden />, well: true },
  slow: { tone: "look", icon: <Clock aria-hidden />, well: false },
  erroring: { tone: "risk", icon: <CircleX aria-hidden />, well: false },
  unknown: { tone: "waiting", icon: <CircleDashed aria-hidden />, well: true },
};

export const engineSigns: Record<ShellState["engine"]["health"], HealthSign> = {
  ok: { tone: "done", icon: <CircleCheck aria-hidden />, well: true },
  late: { tone: "risk", icon: <Clock aria-hidden />, well: false },
  stopped: { tone: "risk", icon: <CircleX aria-hidden />, well: false },
};
