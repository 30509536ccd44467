import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { BottomBar } from "#components/shell/bottom-bar.tsx";
import { LiveShell } from "#components/shell/live-shell.tsx";
import { Rail } from "#components/shell/rail.tsx";
import type { ShellState } from "#components/shell/shell-state.ts";
import { loadMessages } from "#i18n/catalog.ts";

vi.mock("next/navigation", () => ({ usePathname: () => "/orders" }));

const STATE: ShellState = {
  readAt: "2026-11-22T00:00:00.000Z",
  user: { name: "Jonas Weber", email: "jonas@shop.example", role: "viewer" },
  ...{ environment: "demo", suppliers: [], alerting: null, balances: [] },
  engine: { health: "ok", lastBeatAt: null, lastKind: null },
  counts: { alerts: 0, unattributed: 0, deliveries: 0 },
};

async function linksFor(mayPlace: boolean): Promise<string[]> {
  const html = renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <NextIntlClientProvider locale="en" timeZone="UTC" messages={await loadMessages("en")}>
        <LiveShell initial={STATE}>
          <Rail mayPlace={mayPlace} />
          <BottomBar mayPlace={mayPlace} />
        </LiveShell>
      </NextIntlClientProvider>
    </QueryClientProvider>,
  );
  return [...html.matchAll(/href="([^"]*)"/g)].map(([, href = ""]) => href);
}

it("leads to ordering only whoever may order, in the rail and on a phone", async () => {
  const [viewer, operator] = [await linksFor(false), await linksFor(true)];
  expect(viewer).not.toContain("/orders/new");
  expect(operator.filter((href) => href === "/orders/new")).toHaveLength(2);
  expect(operator.filter((href) => href !== "/orders/new")).toEqual(viewer);
});
