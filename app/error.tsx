"use client";

import { PageCrash } from "#components/shell/page-crash.tsx";

export default function RootError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main id="main">
      <PageCrash error={error} retry={retry} />
    </main>
  );
}
