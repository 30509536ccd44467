import { headers } from "next/headers";
import type { ReactNode } from "react";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { shellState } from "#app/_server/shell-state.ts";
import { signOut } from "#app/_server/sign-out.ts";
import { ConsoleShell } from "#components/shell/console-shell.tsx";
import { can } from "#lib/access/actor.ts";

/** The shell around every page. Each page asks for itself who is there; this is not a boundary. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  // A layout isn't told what page is in it; the proxy tells.
  const actor = await requireActor((await headers()).get("x-asked-for") ?? "/");
  return (
    <ConsoleShell
      state={await shellState(await runtime(), actor)}
      mayPlace={can(actor, "orders.place")}
      signOut={signOut}
    >
      {children}
    </ConsoleShell>
  );
}
