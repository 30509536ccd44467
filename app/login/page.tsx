import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { currentActor } from "#app/_server/current-actor.ts";
import { safeNext } from "#components/access/safe-next.ts";
import { SignInForm } from "#components/access/sign-in-form.tsx";
import { PlainShell } from "#components/shell/plain-shell.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("access");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function LoginPage({ searchParams }: Props) {
  const t = await getTranslations("access");
  const next = safeNext((await searchParams).next);
  const visitor = await whoIsThere();
  if (visitor === "signed in") redirect(next);
  return (
    <PlainShell>
      <div className="grid gap-5 rounded-lg border border-line bg-surface p-6">
        <h1 className="text-xl font-semibold">{t("title")}</h1>
        <ClientMessages of={["access"]}>
          <SignInForm next={next} unavailable={visitor === "nobody knows"} />
        </ClientMessages>
      </div>
    </PlainShell>
  );
}

/** Without a database the page still has to say so, in its own words. */
async function whoIsThere(): Promise<"signed in" | "nobody" | "nobody knows"> {
  try {
    return (await currentActor()) ? "signed in" : "nobody";
  } catch {
    return "nobody knows";
  }
}
