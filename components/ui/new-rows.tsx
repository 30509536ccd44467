"use client";

import { ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";

/** New rows wait behind this, so that nothing moves under the pointer. Nothing at 0. */
export function NewRows({ count, onShow }: { count: number; onShow: () => void }) {
  const t = useTranslations("ui");
  return (
    <div role="status" className="contents">
      {count > 0 && (
        <button
          type="button"
          onClick={onShow}
          className="flex h-(--control-sm) w-full items-center justify-center gap-1.5 border-b border-line bg-accent-soft text-xs font-medium text-accent hover:underline motion-safe:animate-appear"
        >
          <ArrowUp aria-hidden className="size-3.5" />
          {t("newRows", { count })}
        </button>
      )}
    </div>
  );
}
