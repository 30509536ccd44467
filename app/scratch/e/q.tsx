"use client";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useQueryStates, parseAsString } from "nuqs";
function X() { const [q] = useQueryStates({ a: parseAsString }); return <p>{q.a}</p>; }
export function Q() { return <NuqsAdapter><X/></NuqsAdapter>; }
