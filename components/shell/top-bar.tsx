import type { ReactNode } from "react";
import { BalanceGlance } from "#components/shell/balance-glance.tsx";
import { EnvironmentBadge } from "#components/shell/environment-badge.tsx";
import { Mark } from "#components/shell/mark.tsx";
import { SystemStatus } from "#components/shell/system-status.tsx";
import { UserMenu } from "#components/shell/user-menu.tsx";
import { WhereAmI } from "#components/shell/where-am-i.tsx";
import type { Theme } from "#i18n/preferences.ts";

/** Where am I, search, are they well, what is left, who am I. */
export function TopBar({
  theme,
  search,
  signOut,
}: {
  theme: Theme;
  search?: ReactNode;
  signOut: () => Promise<void>;
}) {
  return (
    <header className="px-gutter sticky top-0 z-20 flex h-(--topbar) items-center gap-3 border-b border-line bg-surface">
      <Mark className="size-5 md:hidden" />
      <WhereAmI />
      <div className="flex min-w-0 flex-1 justify-center max-md:hidden">{search}</div>
      <div className="ml-auto flex items-center gap-2 md:gap-1">
        <div className="flex items-center gap-1.5 md:mr-1">
          <EnvironmentBadge />
        </div>
        <SystemStatus />
        <BalanceGlance />
        <span className="w-1 max-md:hidden" />
        <UserMenu theme={theme} signOut={signOut} />
      </div>
    </header>
  );
}
