"use client";

import { clsx } from "clsx";
import { createContext, type ReactNode, useContext } from "react";
import Markdown, { type Components, defaultUrlTransform } from "react-markdown";
import { Link } from "#components/ui/link.tsx";
import type { AlertAction } from "#lib/alerts/alert-policy.ts";
import { buttonOf } from "#lib/alerts/runbooks/buttons.ts";

/** Buttons are kept as they are; other links lead into the console or to a page by https, or nowhere. */
function addressOf(href: string): string {
  if (buttonOf(href)) return href;
  const isOurs = /^[/#](?!\/)/.test(href);
  return isOurs || /^https:\/\//i.test(href) ? defaultUrlTransform(href) : "";
}

const look = clsx(
  "grid max-w-prose gap-3 text-pretty wrap-anywhere [&_:is(strong,h4,h5)]:font-semibold",
  "[&_:is(ol,ul)]:grid [&_:is(ol,ul)]:gap-2 [&_:is(ol,ul)]:pl-6 [&_ol]:list-decimal [&_ul]:list-disc",
  "[&_li]:pl-1 [&_li::marker]:text-ink-3",
  "[&_code]:rounded-sm [&_code]:bg-sunken [&_code]:px-1 [&_code]:font-mono [&_code]:text-xs",
  "[&_pre]:overflow-x-auto [&_blockquote]:border-l-2 [&_blockquote]:border-line-strong [&_blockquote]:pl-3",
);

type RenderButton = (action: AlertAction, words: ReactNode) => ReactNode;

/** By context: components made anew with each render would be put in anew, and a pressed button lose its focus. */
const Buttons = createContext<RenderButton>((_, words) => words);

const components: Components = {
  // Whoever shows it has the headings above.
  ...{ h1: "h4", h2: "h4", h3: "h5", h4: "h5", h5: "h5", h6: "h5" },
  a: ({ href, children }) => <Anchor href={href}>{children}</Anchor>,
};

/**
 * A runbook's Markdown as a page shows it: no HTML, no pictures, no links but those that lead into the
 * console or to https, and its buttons made by the caller. Bring it in dynamically: it parses in the browser.
 */
export function RunbookText({
  markdown,
  renderButton,
}: {
  markdown: string;
  renderButton: RenderButton;
}) {
  return (
    <Buttons value={renderButton}>
      <div className={look}>
        <Markdown
          skipHtml
          disallowedElements={["img"]}
          unwrapDisallowed
          urlTransform={addressOf}
          components={components}
        >
          {markdown}
        </Markdown>
      </div>
    </Buttons>
  );
}

function Anchor({ href, children }: { href: string | undefined; children: ReactNode }) {
  const renderButton = useContext(Buttons);
  const action = buttonOf(href);
  if (action) return renderButton(action, children);
  if (!href) return children;
  if (!href.startsWith("https://")) {
    return (
      <Link tone="prose" href={href}>
        {children}
      </Link>
    );
  }
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      className="rounded-sm text-accent underline underline-offset-3 hover:text-accent-hover"
    >
      {children}
    </a>
  );
}
