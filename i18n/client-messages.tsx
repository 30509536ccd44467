import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import type { Messages, Namespace } from "#i18n/catalog.ts";

/** Client components of the ground itself (errors, copy buttons, the shell) need these anywhere. */
const always: readonly Namespace[] = ["ui", "shell", "common"];

/**
 * Gives client components below it the messages of the named namespaces. Server components see
 * every namespace without it; naming them keeps the rest out of each page's HTML.
 */
export async function ClientMessages({
  of = [],
  children,
}: {
  of?: readonly Namespace[];
  children: ReactNode;
}) {
  const all = (await getMessages()) as Messages;
  const picked = Object.fromEntries([...always, ...of].map((name) => [name, all[name]]));
  return <NextIntlClientProvider messages={picked}>{children}</NextIntlClientProvider>;
}
