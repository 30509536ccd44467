"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { CodeFacts } from "#components/codes/code-facts.tsx";
import { CodeHandOut } from "#components/codes/code-hand-out.tsx";
import { CodeHeader } from "#components/codes/code-header.tsx";
import type { CodeQuestion } from "#components/codes/code-question.ts";
import { CodeValue } from "#components/codes/code-value.tsx";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { useLive } from "#components/live/use-live.ts";
import type { CodeDetail } from "#lib/codes/types.ts";

// Rendered with the page, but their code comes after what stands above them, or with a need.
const CodeComplaints = lazy(async () => ({
  default: (await import("#components/codes/code-complaints.tsx")).CodeComplaints,
}));
const CodeHistory = lazy(async () => ({
  default: (await import("#components/codes/code-history.tsx")).CodeHistory,
}));
const loadDialog = async () => ({
  default: (await import("#components/codes/code-dialog.tsx")).CodeDialog,
});
const CodeDialog = lazy(loadDialog);

/** Everything about one code: where it stands, whom it went to, what was done to it; never what it is. */
export function CodeRoom({ initial }: { initial: CodeDetail }) {
  const live = useLive<CodeDetail>({
    key: ["code", initial.id],
    path: `/api/live/codes/${initial.id}`,
    initial,
  });
  const code = live.data ?? initial;
  const [question, setQuestion] = useState<CodeQuestion | null>(null);
  const acts = code.may.handOut || code.may.mark;
  useEffect(() => {
    if (acts) void loadDialog();
  }, [acts]);
  return (
    <>
      <CodeHeader code={code} onAsk={setQuestion} />
      <StaleNotice error={live.error} retry={() => void live.refetch()} />
      <div className="xl:grid xl:grid-cols-[minmax(0,1fr)_24rem] xl:grid-rows-[auto_auto_auto_1fr]">
        <div className="min-w-0 xl:col-start-1">
          <CodeValue code={code} />
        </div>
        <div className="xl:col-start-1">
          {code.handOut && <CodeHandOut code={code} handOut={code.handOut} onAsk={setQuestion} />}
        </div>
        <div className="border-line xl:col-start-2 xl:row-span-4 xl:row-start-1 xl:border-l">
          <CodeFacts code={code} onAsk={setQuestion} />
        </div>
        <div className="xl:col-start-1">
          <Suspense>
            {(code.complaints.length > 0 || code.state === "bad" || code.state === "replaced") && (
              <CodeComplaints code={code} onAsk={setQuestion} />
            )}
          </Suspense>
        </div>
        <div className="xl:col-start-1">
          <Suspense>
            <CodeHistory code={code} />
          </Suspense>
        </div>
      </div>
      <Suspense>
        {question && (
          <CodeDialog question={question} code={code} onClose={() => setQuestion(null)} />
        )}
      </Suspense>
    </>
  );
}
