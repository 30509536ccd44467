import { useSyncExternalStore } from "react";

let connected = false;
const listeners = new Set<() => void>();

export function setStreamConnected(value: boolean): void {
  if (connected === value) return;
  connected = value;
  for (const listener of listeners) listener();
}

/** Whether news arrives by itself at the moment; without it pages ask more often. */
export function useStreamConnected(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => connected,
    () => false,
  );
}
