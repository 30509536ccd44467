"use client";

import { NewRows } from "#components/ui/new-rows.tsx";

/** "Show 3 new" above the rows below it. It floats, so that its coming and going moves nothing. */
export function FloatingNewRows({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <div className="pointer-events-none sticky top-[calc(var(--topbar)+0.375rem)] z-6 h-0">
      {count > 0 && (
        <div className="pointer-events-auto relative mx-auto w-36 overflow-hidden rounded-md border border-b-0 border-accent-line shadow-overlay">
          <NewRows count={count} onShow={onShow} />
        </div>
      )}
    </div>
  );
}
