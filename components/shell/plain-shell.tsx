import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { Wordmark } from "#components/shell/mark.tsx";
import { LanguageControl, ThemeControl } from "#components/shell/preference-controls.tsx";
import { pickTheme, themeCookie } from "#i18n/preferences.ts";

/** The surroundings of pages outside the console: signing in, an address with nothing behind it. */
export async function PlainShell({ children }: { children: ReactNode }) {
  const theme = pickTheme((await cookies()).get(themeCookie)?.value);
  return (
    <div className="flex min-h-dvh flex-col">
      <main
        id="main"
        className="mx-auto grid w-full max-w-100 flex-1 content-center gap-6 px-4 py-10"
      >
        <Wordmark />
        {children}
      </main>
      <footer className="flex flex-wrap justify-center gap-2 px-4 pb-6">
        <LanguageControl />
        <ThemeControl theme={theme} />
      </footer>
    </div>
  );
}
