import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { LiveStream } from "#components/live/live-stream.tsx";
import { BottomBar } from "#components/shell/bottom-bar.tsx";
import { LiveShell } from "#components/shell/live-shell.tsx";
import { QueryProvider } from "#components/shell/query-provider.tsx";
import { Rail } from "#components/shell/rail.tsx";
import { ShellBanner } from "#components/shell/shell-banner.tsx";
import type { ShellState } from "#components/shell/shell-state.ts";
import { SkipLink } from "#components/shell/skip-link.tsx";
import { TopBar } from "#components/shell/top-bar.tsx";
import { pickTheme, themeCookie } from "#i18n/preferences.ts";

/**
 * Everything around a page of the console. The layout reads `state` on the server; from then on the
 * shell keeps itself fresh. `mayPlace`: whether whoever looks may order; `signOut` is a server action; `search` goes
 * into the top bar.
 */
export async function ConsoleShell({
  state,
  mayPlace,
  signOut,
  search,
  children,
}: {
  state: ShellState;
  mayPlace: boolean;
  signOut: () => Promise<void>;
  search?: ReactNode;
  children: ReactNode;
}) {
  const theme = pickTheme((await cookies()).get(themeCookie)?.value);
  return (
    <QueryProvider>
      <LiveShell initial={state}>
        <LiveStream />
        <SkipLink />
        <div className="grid min-h-dvh md:grid-cols-[4.75rem_minmax(0,1fr)] lg:grid-cols-[13rem_minmax(0,1fr)]">
          <Rail mayPlace={mayPlace} />
          <div className="flex min-w-0 flex-col">
            <TopBar theme={theme} search={search} signOut={signOut} />
            <ShellBanner />
            <main id="main" tabIndex={-1} className="flex-1 pb-(--bottombar) outline-none">
              {children}
            </main>
          </div>
        </div>
        <BottomBar mayPlace={mayPlace} />
      </LiveShell>
    </QueryProvider>
  );
}
