"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { handOutAction, replaceAction } from "#app/(console)/codes/stock-actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import {
  deliveryOf,
  isPinFine,
  isReasonFine,
  newDelivery,
  type Way,
} from "#components/codes/delivery.ts";
import { DeliveryFields } from "#components/codes/delivery-fields.tsx";
import type { Giving } from "#components/codes/giving.ts";
import { HandedOut } from "#components/codes/handed-out.tsx";
import { withoutPlain } from "#components/codes/held-codes.ts";
import { useCodeAct } from "#components/codes/use-code-act.ts";
import { newReference } from "#components/orders/new/new-reference.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { NumberField } from "#components/ui/number-field.tsx";
import type { HandOutAnswer } from "#lib/codes/give-codes.ts";
import { LONGEST_CUSTOMER_REF, MOST_HANDED_OUT } from "#lib/codes/hand-out-limits.ts";

/** Gives codes to a customer: to whom, how many, by which way; then what came of it. */
export function HandOutDialog({
  giving,
  mayReveal,
  onClose,
}: {
  giving: Giving;
  mayReveal: boolean;
  onClose: () => void;
}) {
  const t = useTranslations("inventory.handOut");
  const body = useBody(giving);
  const act = useCodeAct();
  // The same for every try of this dialog: what is posted twice gives nothing twice.
  const [handOutId] = useState(newReference);
  const [customerRef, setCustomerRef] = useState(
    giving.kind === "stock" ? "" : (giving.customerRef ?? ""),
  );
  const [quantity, setQuantity] = useState("1");
  const [draft, setDraft] = useState(newDelivery);
  const [tried, setTried] = useState(false);
  const [answer, setAnswer] = useState<HandOutAnswer | null>(null);

  const forget = useCallback(
    (codeId?: string) =>
      setAnswer((now) =>
        now?.kind === "handed_out" ? { ...now, codes: withoutPlain(now.codes, codeId) } : now,
      ),
    [],
  );

  const known = giving.kind !== "stock" && giving.customerRef !== null;
  const knownAs = {
    stock: null,
    codes: t("customerKnown"),
    order: t("customerKnown"),
    replace: t("customerOfBad"),
  };
  const most = Math.min(MOST_HANDED_OUT, giving.kind === "stock" ? giving.available : 1);
  const count = /^\d{1,4}$/.test(quantity) ? Number(quantity) : 0;
  const isCountFine = giving.kind !== "stock" || (count >= 1 && count <= most);

  async function submit() {
    setTried(true);
    const to = customerRef.trim();
    if (to === "" || !isCountFine || !isPinFine(draft) || !isReasonFine(draft)) return;
    const delivery = deliveryOf(draft, handOutId);
    const given = await act.run(() => {
      switch (giving.kind) {
        case "stock": {
          const stockProductId = giving.productId;
          return handOutAction({ ...delivery, customerRef: to, stockProductId, quantity: count });
        }
        case "codes":
          return handOutAction({ ...delivery, customerRef: to, codeIds: [...giving.codeIds] });
        case "order": {
          const { orderId } = giving;
          return handOutAction({ ...delivery, customerRef: to, orderId, quantity: atOnce(giving) });
        }
        case "replace":
          return replaceAction({ ...delivery, codeId: giving.codeId });
      }
    });
    if (given) setAnswer(given);
  }

  if (answer?.kind === "handed_out") {
    return (
      <HandedOut
        given={answer}
        name={giving.name}
        way={draft.way}
        pin={draft.way === "link" ? draft.pin : ""}
        customerRef={customerRef.trim()}
        onForget={forget}
        onClose={onClose}
      />
    );
  }
  return (
    <ActDialog
      words="inventory"
      size="md"
      title={t(giving.kind === "replace" ? "replaceTitle" : "title")}
      description={body}
      verb={
        giving.kind === "replace" ? t("verbReplace") : t("verb", { count: countOf(giving, count) })
      }
      act={act}
      onSubmit={submit}
      onClose={onClose}
    >
      <div
        className={clsx(
          "grid gap-4",
          giving.kind === "stock" && "sm:grid-cols-[minmax(0,1fr)_auto]",
        )}
      >
        <Field
          label={t("customer")}
          hint={known ? knownAs[giving.kind] : t("customerHint")}
          error={tried && customerRef.trim() === "" && t("customerMissing")}
          required
        >
          {(control) => (
            <Input
              {...control}
              {...(!known && { "data-autofocus": true })}
              autoComplete="off"
              maxLength={LONGEST_CUSTOMER_REF}
              value={customerRef}
              readOnly={known}
              onChange={({ target }) => setCustomerRef(target.value)}
            />
          )}
        </Field>
        {giving.kind === "stock" && (
          <Field
            label={t("quantity")}
            error={tried && !isCountFine && t("quantityWrong", { most })}
            aside={t("quantityMost", { most })}
          >
            {(control) => (
              <NumberField
                {...control}
                min={1}
                max={most}
                value={quantity}
                onValueChange={setQuantity}
              />
            )}
          </Field>
        )}
      </div>
      <DeliveryFields
        draft={draft}
        change={(to) => setDraft({ ...draft, ...to })}
        tried={tried}
        mayReveal={mayReveal}
        startHere={known}
      />
      {answer && <Refused answer={answer} way={draft.way} />}
    </ActDialog>
  );
}

/** What there is to give. */
function useBody(giving: Giving): string {
  const t = useTranslations("inventory.handOut");
  const { kind, name: product } = giving;
  if (kind === "codes") return product;
  if (kind === "stock") return t("stockBody", { product, available: giving.available });
  if (kind === "replace") return t("replaceBody", { product, available: giving.available });
  const { count } = giving;
  const most = MOST_HANDED_OUT;
  return t(count > most ? "orderMost" : "orderBody", { product, count, most });
}

/** How many codes the button speaks of. */
function countOf(giving: Giving, typed: number): number {
  if (giving.kind === "codes") return giving.codeIds.length;
  if (giving.kind === "order") return atOnce(giving);
  return Math.max(typed, 1);
}

const atOnce = ({ count }: { count: number }): number => Math.min(count, MOST_HANDED_OUT);

/** Why nothing was given (again). */
function Refused({
  answer,
  way,
}: {
  answer: Exclude<HandOutAnswer, { kind: "handed_out" }>;
  way: Way;
}) {
  const t = useTranslations("inventory.handOut");
  switch (answer.kind) {
    case "out_of_stock":
      return (
        <Notice tone="look" live>
          {t("outOfStock", { available: answer.available })}
        </Notice>
      );
    case "capped":
      return (
        <Notice tone="look" live>
          {t(way === "link" ? "cappedLink" : "capped", { limit: answer.limit, left: answer.left })}
        </Notice>
      );
    case "repeated":
      return (
        <Notice tone="look" live>
          {t("repeated")}
        </Notice>
      );
  }
}
