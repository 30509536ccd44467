import type { FocusEvent, PointerEvent } from "react";

/** Props of an element that tell when somebody's pointer or focus is on it, and has left it. */
export function attentionProps(attend: (attended: boolean) => void) {
  return {
    onPointerEnter: (event: PointerEvent) => attend(event.pointerType !== "touch"),
    onPointerLeave: () => attend(false),
    onFocus: () => attend(true),
    onBlur: (event: FocusEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget)) attend(false);
    },
  };
}
