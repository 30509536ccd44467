"use client";

import { useEffect, useRef, useState } from "react";

/** Counts down by the clock, not by its own ticks: a sleeping computer is no reason to show longer. */
export function useSecondsLeft(seconds: number, onOver: () => void): number {
  const [left, setLeft] = useState(seconds);
  const over = useRef(onOver);
  useEffect(() => {
    over.current = onOver;
  });
  useEffect(() => {
    const until = Date.now() + seconds * 1_000;
    const timer = setInterval(() => {
      const now = Math.ceil((until - Date.now()) / 1_000);
      if (now <= 0) over.current();
      else setLeft(now);
    }, 250);
    return () => clearInterval(timer);
  }, [seconds]);
  return left;
}
