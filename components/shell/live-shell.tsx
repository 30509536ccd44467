"use client";

import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext } from "react";
import { ReadError, readJson } from "#components/live/read-json.ts";
import { type ShellState, shellStatePath } from "#components/shell/shell-state.ts";

const intervalMs = 10_000;

const InitialState = createContext<ShellState | null>(null);

/** Gives the shell its server-read state to start from. */
export function LiveShell({ initial, children }: { initial: ShellState; children: ReactNode }) {
  return <InitialState value={initial}>{children}</InitialState>;
}

export type LiveShellState = {
  state: ShellState;
  /** What keeps the state from being refreshed, if anything does. */
  problem: "none" | "signedOut" | "unreachable";
};

/** The shell's state, asked anew every ten seconds while the tab is seen; until signed out. */
export function useShell(): LiveShellState {
  const initial = useContext(InitialState);
  if (!initial) throw new Error("useShell needs LiveShell above it");
  const { data, error } = useQuery({
    queryKey: ["shell"],
    queryFn: ({ signal }) => readJson<ShellState>(shellStatePath, signal),
    initialData: initial,
    initialDataUpdatedAt: Date.parse(initial.readAt),
    refetchInterval: (query) => (isSignedOut(query.state.error) ? false : intervalMs),
    retry: (count, failure) => count < 1 && !isSignedOut(failure),
  });
  const problem = isSignedOut(error) ? "signedOut" : error ? "unreachable" : "none";
  return { state: data, problem };
}

function isSignedOut(error: unknown): boolean {
  return error instanceof ReadError && (error.status === 401 || error.status === 403);
}
