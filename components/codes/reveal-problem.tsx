"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { RevealProblem } from "#components/codes/use-reveal.ts";
import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { ExactTime } from "#components/ui/time.tsx";

/** Why a code was not shown, and what to do; read out when it appears. */
export function RevealProblemNotice({ problem }: { problem: RevealProblem }) {
  const t = useTranslations("reveal.problem");
  const pathname = usePathname();
  if (problem.code === "capped") {
    return (
      <Notice tone="look" live>
        {t.rich("capped", {
          limit: problem.limit,
          at: () => <ExactTime at={problem.freeAt} className="whitespace-normal!" />,
        })}
      </Notice>
    );
  }
  const { code } = problem;
  // Only for these has the log more to tell.
  const reference = code === "internal" || code === "forbidden" ? problem.reference : null;
  return (
    <Notice tone="look" live reference={reference}>
      {t(`code.${code}`)}{" "}
      {code === "unauthenticated" && (
        <Link tone="prose" href={`/login?next=${encodeURIComponent(pathname)}`}>
          {t("signIn")}
        </Link>
      )}
    </Notice>
  );
}
