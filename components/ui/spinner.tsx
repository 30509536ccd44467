import { clsx } from "clsx";
import { LoaderCircle } from "lucide-react";

/** A sign of work in progress. It says nothing to screen readers: whatever is busy says so itself. */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden className={clsx("animate-spin", className)} />;
}
