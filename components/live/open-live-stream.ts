import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { setStreamConnected } from "#components/live/stream-state.ts";
import { keysTouchedBy } from "#components/live/topics.ts";
import { watchAlerts } from "#components/live/watch-alerts.ts";

/** What changed together is one refresh; */
const GATHER_MS = 20;
/** and so is a burst of changes, after the first of it. */
const REST_MS = 250;

/**
 * Hears of changes from the server and has the reads they touch done again. Rests in hidden tabs.
 * @returns how to stop
 */
export function openLiveStream(queries: QueryClient): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const touched = new Map<string, QueryKey>();
  let refreshedAt = Number.NEGATIVE_INFINITY;

  function refresh(): void {
    timer = undefined;
    refreshedAt = performance.now();
    for (const queryKey of touched.values()) void queries.invalidateQueries({ queryKey });
    touched.clear();
  }

  const alerts = watchAlerts(queries);

  function touch(topic: string): void {
    if (topic === "alerts") alerts.look();
    for (const key of keysTouchedBy(topic)) touched.set(JSON.stringify(key), key);
    timer ??= setTimeout(refresh, Math.max(GATHER_MS, refreshedAt + REST_MS - performance.now()));
  }

  function open(): void {
    if (source || document.hidden) return;
    source = new EventSource("/api/live/stream");
    source.addEventListener("beat", () => setStreamConnected(true));
    source.addEventListener("change", (event) => touch(event.data));
    source.addEventListener("error", () => setStreamConnected(false));
  }

  function close(): void {
    source?.close();
    source = null;
    setStreamConnected(false);
  }

  function onVisibility(): void {
    if (document.hidden) {
      close();
      return;
    }
    open();
    touch("engine");
  }

  open();
  document.addEventListener("visibilitychange", onVisibility);
  return () => {
    document.removeEventListener("visibilitychange", onVisibility);
    clearTimeout(timer);
    alerts.stop();
    close();
  };
}
