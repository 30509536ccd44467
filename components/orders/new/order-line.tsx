"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowRight, CircleAlert, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Money } from "#components/ui/money.tsx";
import { NumberField } from "#components/ui/number-field.tsx";
import type { ProductView } from "#lib/catalog/types.ts";
import { confirmedProduct } from "./ask-supplier.ts";
import type { LineProblems } from "./check-draft.ts";
import { type Change, type DraftLine, lineTotal } from "./draft.ts";
import { NoteFields } from "./note-fields.tsx";
import { PriceAge } from "./price-age.tsx";
import { AboutProduct, ProductMeta, Stock } from "./product-facts.tsx";
import { quantityRange } from "./quantity-range.ts";
import { useProblemText } from "./use-problem-text.ts";

/** One product of the order: what it is, how many, what the supplier has to be told. */
export function OrderLine({
  line,
  problems,
  tried,
  wanted,
  onChange,
  onConfirm,
  onRemove,
}: {
  line: DraftLine;
  problems: LineProblems;
  /** Somebody has tried to place the order: all problems are told, also of fields not reached yet. */
  tried: boolean;
  /** Another object each time that the keyboard should go on at the quantity. */
  wanted: object | null;
  onChange: (change: Change) => void;
  onConfirm: (product: ProductView) => void;
  onRemove: () => void;
}) {
  const t = useTranslations("newOrder.line");
  const text = useProblemText();
  const row = useRef<HTMLLIElement>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const leave = (field: string) => setLeft((before) => new Set(before).add(field));
  const { key, product } = line;
  const { minimum, maximum } = quantityRange(product);

  const confirmed = useQuery(confirmedProduct(product.id));
  const { data } = confirmed;
  useEffect(() => {
    if (data) onConfirm(data);
  }, [data, onConfirm]);

  useEffect(() => {
    if (!wanted) return;
    const quantity = row.current?.querySelector("input");
    quantity?.focus();
    quantity?.select();
  }, [wanted]);

  // Nothing the person could still be typing at makes it out of stock.
  const urgent = product.gone || product.stock === 0;
  const wrong = tried || urgent || left.has("") ? problems.quantity : null;
  const noteErrors = new Map(
    [...problems.note]
      .filter(([field]) => tried || left.has(`note.${field}`))
      .map(([field, problem]) => [field, text(problem)]),
  );
  return (
    <li ref={row} className="grid gap-3 border-b border-line py-4 first:pt-3">
      <div className="flex items-start gap-x-4">
        <div className="grid min-w-0 flex-1 gap-0.5">
          <h3 className="font-medium wrap-anywhere">{product.name}</h3>
          <ProductMeta product={product} />
          <span className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-0.5">
            <Stock product={product} />
            <PriceAge
              seenAt={product.seenAt}
              asking={confirmed.isFetching}
              failed={confirmed.isError}
            />
          </span>
        </div>
        <IconButton label={t("remove", { name: product.name })} onClick={onRemove}>
          <Trash2 aria-hidden />
        </IconButton>
      </div>
      <div className="grid grid-cols-[auto_minmax(0,1fr)] items-end gap-x-4 gap-y-3">
        <Field label={t("quantity")}>
          {(control) => (
            <NumberField
              {...control}
              {...(wrong && { "aria-invalid": true, "aria-describedby": `${key}-wrong` })}
              value={line.quantity}
              onValueChange={(typed) => onChange({ kind: "quantity", key, text: typed })}
              onBlur={() => leave("")}
              min={minimum}
              max={Math.max(minimum, maximum)}
            />
          )}
        </Field>
        <div className="flex min-h-(--control) flex-wrap items-center justify-end gap-x-2 text-end">
          {line.priceBefore !== null && (
            <span className="flex items-center gap-1.5 text-look">
              <span className="sr-only">{t("priceWas")}</span>
              <s>
                <Money amount={line.priceBefore} currency={product.currency} />
              </s>
              <ArrowRight aria-hidden className="size-3.5" />
              <span className="sr-only">{t("priceIs")}</span>
            </span>
          )}
          <span className="text-ink-2">
            <Money amount={product.price} currency={product.currency} />
            <span className="max-sm:sr-only"> {t("each")}</span>
          </span>
          <Money
            amount={lineTotal(line)}
            currency={product.currency}
            strong
            className="min-w-24 text-end"
          />
        </div>
        {wrong && (
          <p
            id={`${key}-wrong`}
            className="col-span-2 -mt-2 flex items-start gap-1.5 text-xs text-risk"
          >
            <CircleAlert aria-hidden className="mt-px size-3.5" />
            <span className="min-w-0">{text(wrong)}</span>
          </p>
        )}
      </div>
      {product.noteFields.length > 0 && (
        <NoteFields
          fields={product.noteFields}
          note={line.note}
          errors={noteErrors}
          onChange={(field, typed) => onChange({ kind: "note", key, field, text: typed })}
          onLeave={(field) => leave(`note.${field}`)}
        />
      )}
      <AboutProduct product={product} />
    </li>
  );
}
