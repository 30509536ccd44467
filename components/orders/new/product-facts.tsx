import { CircleCheck, CircleDashed, CircleX } from "lucide-react";
import { useTranslations } from "next-intl";
import { Money } from "#components/ui/money.tsx";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import type { ProductView } from "#lib/catalog/types.ts";

/** Whether there is any: by word and icon, with the number where the supplier tells it. */
export function Stock({ product }: { product: ProductView }) {
  const t = useTranslations("newOrder.stock");
  const { stock, gone } = product;
  if (gone) return <Word tone="risk" text={t("gone")} />;
  if (stock === null) return <Word tone="waiting" text={t("unknown")} />;
  if (stock === 0) return <Word tone="risk" text={t("out")} />;
  return <Word tone="done" text={t("in", { count: stock })} />;
}

const icons = {
  done: <CircleCheck aria-hidden />,
  risk: <CircleX aria-hidden />,
  waiting: <CircleDashed aria-hidden />,
};

function Word({ tone, text }: { tone: keyof typeof icons; text: string }) {
  return (
    <StatusBadge tone={tone} icon={icons[tone]} className="text-xs text-ink-2 [&_.lucide]:size-3.5">
      {text}
    </StatusBadge>
  );
}

/** Category, region and face value on one quiet line. */
export function ProductMeta({ product }: { product: ProductView }) {
  const { categoryName, region, faceValue, faceCurrency } = product;
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-1 text-xs text-ink-2">
      <span className="wrap-anywhere">{categoryName}</span>
      {region && <span className="wrap-anywhere">· {region}</span>}
      {faceValue && faceCurrency && (
        <span className="whitespace-nowrap">
          · <Money amount={faceValue} currency={faceCurrency} />
        </span>
      )}
    </span>
  );
}

/** The supplier's own words on the product, as text, for whoever wants to read them. */
export function AboutProduct({ product }: { product: ProductView }) {
  const t = useTranslations("newOrder.line");
  const { description, userGuide } = product;
  if (!description && !userGuide) return null;
  return (
    <details className="text-xs text-ink-2">
      <summary className="w-fit rounded-sm py-0.5 hover:text-ink">{t("about")}</summary>
      <div className="mt-1 grid max-w-prose gap-2 whitespace-pre-line wrap-anywhere">
        {description && <p>{description}</p>}
        {userGuide && <p>{userGuide}</p>}
      </div>
    </details>
  );
}
