import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { currentActor, currentHalfSession } from "#app/_server/current-actor.ts";
import { signOut } from "#app/_server/sign-out.ts";
import { ElsewhereButton } from "#components/access/elsewhere-button.tsx";
import { safeNext } from "#components/access/safe-next.ts";
import { SecondStepRoom } from "#components/access/second-step-room.tsx";
import { SignInForm } from "#components/access/sign-in-form.tsx";
import { PlainShell } from "#components/shell/plain-shell.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import type { HalfSession } from "#lib/access/session.ts";
import { singleSignOn } from "#lib/access/single-sign-on/single-sign-on.ts";
import { env } from "#lib/platform/env.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("access");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function LoginPage({ searchParams }: Props) {
  const t = await getTranslations();
  const asked = await searchParams;
  const next = safeNext(asked.next);
  const visitor = await whoIsThere();
  if (visitor === "signed in") redirect(next);
  const elsewhere = singleSignOn(env());
  const trouble = elsewhere && troubleOf(asked.error);
  return (
    <PlainShell>
      <div className="grid gap-5 rounded-lg border border-line bg-surface p-6">
        {typeof visitor === "object" ? (
          <>
            <h1 className="text-xl font-semibold">{t(`secondFactor.title.${visitor.step}`)}</h1>
            <ClientMessages of={["secondFactor"]}>
              <SecondStepRoom step={visitor.step} next={next} />
            </ClientMessages>
            <form action={signOut} className="border-t border-line pt-4">
              <SubmitButton variant="ghost" className="w-full">
                {t("secondFactor.somebodyElse", { name: visitor.person.name })}
              </SubmitButton>
            </form>
          </>
        ) : (
          <>
            <h1 className="text-xl font-semibold">{t("access.title")}</h1>
            {trouble && (
              <Notice tone="look" live>
                {t(`access.elsewhere.${trouble}`)}
              </Notice>
            )}
            <ClientMessages of={["access"]}>
              <SignInForm next={next} unavailable={visitor === "nobody knows"} />
              {elsewhere && <ElsewhereButton name={elsewhere.name} next={next} />}
            </ClientMessages>
          </>
        )}
      </div>
    </PlainShell>
  );
}

const TROUBLES = ["oidc_unknown", "oidc_disabled", "oidc_no_role"] as const;

/** What next-auth led back with; null where it didn't. What isn't ours is one sentence for all. */
function troubleOf(error: unknown): (typeof TROUBLES)[number] | "failed" | null {
  if (typeof error !== "string") return null;
  return TROUBLES.find((trouble) => trouble === error) ?? "failed";
}

/** Without a database the page still has to say so, in its own words. */
async function whoIsThere(): Promise<"signed in" | HalfSession | "nobody" | "nobody knows"> {
  try {
    if (await currentActor()) return "signed in";
    return (await currentHalfSession()) ?? "nobody";
  } catch {
    return "nobody knows";
  }
}
