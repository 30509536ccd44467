"use client";
import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
const c = new QueryClient();
function X() { const q = useQuery({ queryKey: ["a"], queryFn: () => fetch("/x").then((r) => r.json()) }); return <p>{q.status}</p>; }
export function Q() { return <QueryClientProvider client={c}><X/></QueryClientProvider>; }
