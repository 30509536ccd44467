"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { readJson } from "#components/live/read-json.ts";
import type { AlertView } from "#lib/alerts/types.ts";

/** Reads the alert that opens next before it is asked for. */
export function useNextAtHand(id: string | null): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!id) return;
    void queries.prefetchQuery({
      queryKey: ["alert", id],
      queryFn: ({ signal }) => readJson<AlertView>(`/api/live/alerts/${id}`, signal),
    });
  }, [queries, id]);
}
