import { useTranslations } from "next-intl";
import type { InboxRow } from "#lib/inbound/types.ts";

/** Why nothing came of a message yet, in a sentence, and what there is to say beside it. */
export function ProblemWords({ problem }: { problem: NonNullable<InboxRow["problem"]> }) {
  // i18n-use: inbox.problem.*
  const t = useTranslations("inbox.problem");
  return (
    <>
      {t(problem.code)}
      {problem.detail && (
        <>
          {" "}
          <q className="wrap-anywhere">{problem.detail}</q>
        </>
      )}
    </>
  );
}
