"use server";

import { cookies, headers } from "next/headers";
import { isLocale } from "#i18n/locales.ts";
import { isTheme, localeCookie, themeCookie } from "#i18n/preferences.ts";
import { isOwnOrigin } from "./own-origin.ts";

// Open to visitors who aren't signed in (the sign-in page has the switch too): these write a cookie
// of the caller's own browser and nothing else, and only for our own pages.

/** The reader's language from now on. Anything but a language that we have is ignored. */
export async function setLocale(locale: string): Promise<void> {
  if (isLocale(locale)) await keep(localeCookie, locale);
}

/** The reader's theme from now on. Anything but a known theme is ignored. */
export async function setTheme(theme: string): Promise<void> {
  if (isTheme(theme)) await keep(themeCookie, theme);
}

async function keep(name: string, value: string): Promise<void> {
  if (!isOwnOrigin(await headers())) return;
  const jar = await cookies();
  jar.set(name, value, { path: "/", maxAge: 365 * 24 * 60 * 60, sameSite: "lax", httpOnly: true });
}
