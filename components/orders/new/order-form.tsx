"use client";

import { useTranslations } from "next-intl";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { Switch } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { ProductView } from "#lib/catalog/types.ts";
import { LONGEST_REFERENCE, MOST_LINES } from "#lib/orders/new-order-limits.ts";
import { FORM_ID, REVIEW_ID } from "./buy-bar.tsx";
import { checkDraft, generalProblems, problemsOfLine } from "./check-draft.ts";
import type { Change, Draft } from "./draft.ts";
import { newReference } from "./new-reference.ts";
import { type CatalogFilters, focusSearch, ProductSearch } from "./product-search.tsx";
import type { Placing } from "./use-placing.ts";
import { useProblemText } from "./use-problem-text.ts";

// Loaded while a product is being looked for.
const loadLine = async () => ({ default: (await import("./order-line.tsx")).OrderLine });
const OrderLine = lazy(loadLine);

/** Products, what the supplier has to be told with them, and what the order is for. */
export function OrderForm({
  draft,
  filters,
  placing,
  start,
  notice,
  lineNotice,
  onChange,
  onConfirm,
}: {
  draft: Draft;
  filters: CatalogFilters;
  placing: Placing;
  /** Where the keyboard begins. */
  start: "search" | "quantity" | "review";
  notice: ReactNode;
  lineNotice: ReactNode;
  onChange: (change: Change) => void;
  onConfirm: (product: ProductView) => void;
}) {
  const t = useTranslations("newOrder");
  const text = useProblemText();
  const { tries, problems: told } = placing;
  const { lines } = draft;
  // A line takes the focus itself, since it may only come to be once its code has been loaded.
  const [wanted, setWanted] = useState(
    start === "quantity" && lines[0] ? { key: lines[0].key } : null,
  );

  useEffect(() => {
    void loadLine();
  }, []);

  useEffect(() => {
    if (start === "review") document.getElementById(REVIEW_ID)?.focus();
  }, [start]);
  useEffect(() => {
    if (tries === 0) return;
    const wrong = `[data-trouble], #${FORM_ID} [aria-invalid=true]`;
    const target = document.querySelector<HTMLElement>(wrong);
    if (target) target.focus();
    else focusSearch();
  }, [tries]);

  const tried = tries > 0;
  const problems = [...told, ...checkDraft(draft)];
  const general = generalProblems(told);

  const pick = (product: ProductView) => {
    const same = lines.find((line) => line.product.id === product.id);
    // Without a note of its own a second line would only be a longer way to a larger quantity.
    if (same && product.noteFields.length === 0) return setWanted({ key: same.key });
    const key = newReference();
    onChange({ kind: "add", key, product });
    setWanted({ key });
  };

  return (
    <div className="grid gap-5 [&_:is(input,select,button)]:scroll-mb-28">
      {lines.length < MOST_LINES ? (
        <ProductSearch filters={filters} autoFocus={start === "search"} onPick={pick} />
      ) : (
        <p className="text-ink-2">{t("full", { count: MOST_LINES })}</p>
      )}
      {notice}
      {general.map((problem) => (
        <div key={problem.kind} tabIndex={-1} data-trouble>
          <Notice tone="risk" live>
            {text(problem)}
          </Notice>
        </div>
      ))}
      <form
        id={FORM_ID}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void placing.review();
        }}
        className="grid gap-6"
      >
        <section aria-labelledby="order-lines">
          <h2 id="order-lines" className="sr-only">
            {t("products")}
          </h2>
          {lines.length === 0 ? (
            <p className="rounded-md border border-dashed border-line-strong px-4 py-8 text-center text-pretty text-ink-2">
              {t("noLines")}
            </p>
          ) : (
            <ul className="border-t border-line">
              <Suspense fallback={<li className="h-45" />}>
                {lines.map((line, index) => (
                  <OrderLine
                    key={line.key}
                    line={line}
                    problems={problemsOfLine(problems, index)}
                    tried={tried}
                    wanted={wanted?.key === line.key ? wanted : null}
                    onChange={onChange}
                    onConfirm={onConfirm}
                    onRemove={() => {
                      onChange({ kind: "remove", key: line.key });
                      focusSearch();
                    }}
                  />
                ))}
              </Suspense>
            </ul>
          )}
        </section>
        {lineNotice}
        <div className="grid gap-5 sm:grid-cols-2">
          <Field label={t("customerRef.label")} hint={t("customerRef.hint")} optional>
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                maxLength={LONGEST_REFERENCE}
                value={draft.customerRef}
                onChange={(event) => onChange({ kind: "customerRef", text: event.target.value })}
              />
            )}
          </Field>
          <div className="grid content-start gap-1">
            <span className="text-xs font-medium text-ink-2">{t("mock.legend")}</span>
            <Switch
              label={t("mock.label")}
              hint={t("mock.hint")}
              checked={draft.isMock}
              onChange={(event) => onChange({ kind: "mock", on: event.target.checked })}
              className="has-checked:text-mock [&_input:checked]:border-mock-solid [&_input:checked]:bg-mock-solid"
            />
          </div>
        </div>
      </form>
    </div>
  );
}
