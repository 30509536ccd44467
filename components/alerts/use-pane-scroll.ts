"use client";

import { type RefObject, useEffect, useRef } from "react";

/** Another alert begins at its top; back in the list of a phone one stands where one was. */
export function usePaneScroll({
  id,
  isPage,
  wide,
}: {
  id: string | null;
  isPage: boolean;
  wide: boolean;
}): RefObject<HTMLDivElement | null> {
  const pane = useRef<HTMLDivElement>(null);
  const listAt = useRef(0);
  const shown = useRef(id);

  useEffect(() => {
    if (wide || isPage) return;
    // The list has come back, or is there from the start.
    window.scrollTo(0, listAt.current);
    const keep = () => {
      listAt.current = window.scrollY;
    };
    window.addEventListener("scroll", keep, { passive: true });
    return () => window.removeEventListener("scroll", keep);
  }, [wide, isPage]);

  useEffect(() => {
    if (shown.current === id) return;
    shown.current = id;
    const top = pane.current?.getBoundingClientRect().top ?? 0;
    const margin = pane.current
      ? Number.parseFloat(getComputedStyle(pane.current).scrollMarginTop)
      : 0;
    if (id && top < margin) pane.current?.scrollIntoView({ block: "start" });
  }, [id]);
  return pane;
}
