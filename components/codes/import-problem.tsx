import { useTranslations } from "next-intl";
import type { Failure } from "#components/orders/failure.ts";
import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** Why an import doesn't go on, and what to do; read out when it appears. */
export function ImportProblem({ failure }: { failure: Failure }) {
  const t = useTranslations("import");
  const known = failure.code === "unauthenticated" || failure.code === "conflict";
  return (
    <Notice tone="look" live reference={known ? null : failure.reference}>
      {t(`failure.${failure.code}`)}{" "}
      {failure.code === "unauthenticated" && (
        // Beside this page, which has the file in its memory.
        <Link tone="prose" href="/login" target="_blank">
          {t("failure.signIn")}
        </Link>
      )}
    </Notice>
  );
}
