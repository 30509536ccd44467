export type Box = { left: number; top: number; width: number; height: number };

const gap = 6;
const margin = 8;

/** Above the target where there is room, else below; never outside the window. All in CSS pixels. */
export function placeTooltip(
  target: Box,
  tip: { width: number; height: number },
  view: { width: number; height: number },
): { left: number; top: number } {
  const above = target.top - gap - tip.height;
  const below = target.top + target.height + gap;
  const top = above >= margin || below + tip.height > view.height - margin ? above : below;
  const centred = target.left + target.width / 2 - tip.width / 2;
  const left = Math.min(
    Math.max(margin, centred),
    Math.max(margin, view.width - tip.width - margin),
  );
  return { left: Math.round(left), top: Math.round(Math.max(margin, top)) };
}
