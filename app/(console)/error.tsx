"use client";

import { PageCrash } from "#components/shell/page-crash.tsx";

/** A page of the console broke: the shell around it stays. */
export default function ConsoleError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageCrash error={error} retry={retry} />;
}
