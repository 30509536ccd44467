"use client";

import { digestOf } from "#components/shell/digest-of.ts";
import "./globals.css";

// The layout itself broke, and with it the messages: these few words carry their own translation.
const words = {
  en: {
    title: "Keyhold could not be shown",
    body: "What you already did is saved. Try again; if it happens again, tell an admin the reference.",
  },
  hi: {
    title: "Keyhold दिखाया नहीं जा सका",
    body: "आपका किया हुआ काम सेव है। फिर कोशिश करें; दोबारा हो तो रेफ़रेंस एडमिन को बताएँ।",
  },
};

export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = digestOf(error);
  return (
    <html lang="en" data-theme="system">
      <body>
        <title>Keyhold</title>
        <main className="mx-auto grid min-h-dvh max-w-100 content-center justify-items-start gap-5 px-4">
          <h1 className="text-xl font-semibold">Keyhold</h1>
          {(["en", "hi"] as const).map((locale) => (
            <section key={locale} lang={locale} className="grid gap-1">
              <h2 className="text-base font-semibold">{words[locale].title}</h2>
              <p className="text-ink-2">{words[locale].body}</p>
            </section>
          ))}
          <button
            type="button"
            onClick={() => retry()}
            className="h-(--control) rounded-md bg-accent-fill px-3 font-medium text-on-accent hover:bg-accent-fill-hover"
          >
            Try again · <span lang="hi">फिर कोशिश करें</span>
          </button>
          {digest && (
            <p className="text-xs text-ink-2">
              Reference · <span lang="hi">रेफ़रेंस</span>{" "}
              <code className="font-mono select-all">{digest}</code>
            </p>
          )}
        </main>
      </body>
    </html>
  );
}
