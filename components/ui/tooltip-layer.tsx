"use client";

import { useEffect } from "react";

/**
 * The one tooltip of the page. Any element with `data-tip="…"` has a tooltip, server-rendered ones
 * too, at no cost of their own. Mounted once, in the root layout.
 */
export function TooltipLayer() {
  useEffect(() => {
    let undo = () => {};
    let gone = false;
    // Nobody needs a tooltip before the page works.
    void import("#components/ui/track-tooltips.ts").then(({ trackTooltips }) => {
      if (!gone) undo = trackTooltips();
    });
    return () => {
      gone = true;
      undo();
    };
  }, []);
  return null;
}
