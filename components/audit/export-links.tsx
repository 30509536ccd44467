"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import type { MouseEvent } from "react";
import { askToExportAction } from "#app/(console)/settings/audit/actions.ts";
import type { Act } from "#components/acts/use-act.ts";
import { buttonClass } from "#components/ui/button-class.ts";

const FORMATS = ["csv", "jsonl"] as const;

/** The log as a file, as it is filtered; whoever last proved himself too long ago is asked for the password first. */
export function ExportLinks({ query, act }: { query: string; act: Act }) {
  const t = useTranslations("audit");
  async function take(event: MouseEvent<HTMLAnchorElement>) {
    event.preventDefault();
    const { href } = event.currentTarget;
    if ((await act.run(askToExportAction)) === "ready") download(href);
  }
  return FORMATS.map((format) => (
    <a
      key={format}
      href={`/api/audit/export?format=${format}${query && `&${query}`}`}
      download
      aria-busy={act.busy}
      onClick={(event) => void take(event)}
      className={buttonClass({ variant: "secondary", size: "md" })}
    >
      <Download aria-hidden />
      {t(`export.${format}`)}
    </a>
  ));
}

/** The page stays, and so does a browser's way of saying that a download failed. */
function download(href: string): void {
  const link = document.createElement("a");
  link.href = href;
  link.download = "";
  link.click();
}
