"use client";

import { useShell } from "#components/shell/live-shell.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";

/** When the shell was last heard from; says so in amber once that is too long ago. */
export function RailStamp() {
  const { state } = useShell();
  return (
    <div className="hidden h-10 items-center border-t border-line px-4.5 lg:flex">
      <LiveStamp heardAt={state.readAt} staleAfterMs={45_000} />
    </div>
  );
}
