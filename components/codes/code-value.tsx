"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { RevealButton, RevealedPlace, RevealLayer } from "#components/codes/reveal-layer.tsx";
import { useReveal } from "#components/codes/use-reveal.ts";
import { Link } from "#components/ui/link.tsx";
import { Section } from "#components/ui/section.tsx";
import { ExactTime, RelativeTime } from "#components/ui/time.tsx";
import type { CodeDetail } from "#lib/codes/types.ts";

/** The code, closed; what its place showed otherwise; and what it stands for or was given for. */
export function CodeValue({ code }: { code: CodeDetail }) {
  const t = useTranslations("inventory.code");
  const control = useReveal();
  const { id, mask, state, replaces, replacedBy } = code;
  const mayReveal = code.may.reveal && state !== "withheld";
  return (
    <Section
      title={t("value")}
      description={
        state === "withheld" ? t("withheld") : t(code.may.reveal ? "revealing" : "mayNot")
      }
    >
      <div className="grid max-w-200 gap-3">
        <div className="flex min-h-(--control-sm) flex-wrap items-center gap-x-4 gap-y-2">
          <code className="font-mono text-lg">{mask}</code>
          <span className="text-xs text-ink-3">
            {code.revealedAt ? (
              <>
                {t("firstRevealed")} <RelativeTime at={code.revealedAt} />
              </>
            ) : (
              t("neverRevealed")
            )}
          </span>
          {mayReveal && (
            <span className="ml-auto">
              <RevealButton code={{ id, mask }} control={control} />
            </span>
          )}
        </div>
        <RevealedPlace codeId={id} control={control} />
        {code.conflicts.map((conflict) => (
          <p key={conflict.storedAt} className="flex max-w-prose gap-2 text-xs text-risk">
            <TriangleAlert aria-hidden className="mt-px size-3.5" />
            <span>
              {t.rich("conflict", {
                at: () => <ExactTime at={conflict.storedAt} className="whitespace-normal!" />,
                code: () => <code className="font-mono">{conflict.mask}</code>,
              })}
            </span>
          </p>
        ))}
        {replaces && (
          <p>
            {t.rich("replaces", {
              link: () => (
                <Link href={`/codes/${replaces.id}`} className="font-mono">
                  {replaces.mask}
                </Link>
              ),
            })}
          </p>
        )}
        {replacedBy && (
          <p>
            {t.rich("replacedBy", {
              link: () => (
                <Link href={`/codes/${replacedBy.id}`} className="font-mono">
                  {replacedBy.mask}
                </Link>
              ),
            })}
          </p>
        )}
      </div>
      <RevealLayer control={control} />
    </Section>
  );
}
