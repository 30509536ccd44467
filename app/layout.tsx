import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { TimeZoneCookie } from "#components/shell/time-zone-cookie.tsx";
import { TooltipLayer } from "#components/ui/tooltip-layer.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { pickTheme, themeCookie, timeZoneCookie } from "#i18n/preferences.ts";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return {
    title: { default: "Keyhold", template: "%s · Keyhold" },
    description: t("description"),
    applicationName: "Keyhold",
    robots: { index: false, follow: false },
    formatDetection: { telephone: false, email: false, address: false, date: false },
  };
}

export const viewport: Viewport = { viewportFit: "cover", colorScheme: "light dark" };

// Reading cookies makes every page dynamic, as the nonce of the content security policy requires.
export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  return (
    <html
      lang={await getLocale()}
      data-theme={pickTheme(jar.get(themeCookie)?.value)}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <body>
        <ClientMessages>
          {children}
          <TimeZoneCookie known={jar.get(timeZoneCookie)?.value} />
        </ClientMessages>
        <TooltipLayer />
      </body>
    </html>
  );
}
