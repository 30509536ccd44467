"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

/** Keeps every live read current, from soon after the page works until it is left. */
export function LiveStream() {
  const queries = useQueryClient();
  useEffect(() => {
    let close = () => {};
    let gone = false;
    void import("#components/live/open-live-stream.ts").then(({ openLiveStream }) => {
      if (!gone) close = openLiveStream(queries);
    });
    return () => {
      gone = true;
      close();
    };
  }, [queries]);
  return null;
}
