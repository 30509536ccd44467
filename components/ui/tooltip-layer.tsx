"use client";

import { useEffect } from "react";
import { trackTooltips } from "#components/ui/track-tooltips.ts";

/**
 * The one tooltip of the page. Any element with `data-tip="…"` has a tooltip, server-rendered ones
 * too, at no cost of their own. Mounted once, in the root layout.
 */
export function TooltipLayer() {
  useEffect(trackTooltips, []);
  return null;
}
