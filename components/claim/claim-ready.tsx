"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { LocalTime } from "#components/claim/local-time.tsx";
import type { Claim, ClaimControl } from "#components/claim/use-claim.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { CLAIM_PIN_TRIES } from "#lib/codes/claim-limits.ts";

/** Digits of either script, with spaces between them as people write them. */
const PIN_TYPED = /^(?:[\d०-९][\s-]*){4,8}$/;

/** What waits behind the link, and the button that opens it. */
export function ClaimReady({
  claim,
  open,
}: {
  claim: Extract<Claim, { kind: "ready" }>;
  open: ClaimControl["open"];
}) {
  const t = useTranslations("claim");
  const field = useRef<HTMLInputElement>(null);
  const [pin, setPin] = useState("");
  const [tried, setTried] = useState(false);
  const { codes, needsPin, opening, wrong, triesLeft, expiresAt } = claim;
  useEffect(() => {
    if (wrong > 0) field.current?.select();
  }, [wrong]);
  const isNoPin = needsPin && !PIN_TYPED.test(pin.trim());

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (isNoPin) field.current?.focus();
    else void open(needsPin ? pin : null);
  }

  const error =
    tried && isNoPin
      ? t("pin.malformed")
      : wrong > 0 && !opening
        ? t("pin.wrong", { count: triesLeft })
        : null;
  return (
    <form noValidate onSubmit={submit} className="grid gap-4">
      <h1 className="text-xl font-semibold">{t("ready.title", { count: codes })}</h1>
      <p className="text-base text-pretty text-ink-2">{t("ready.body", { count: codes })}</p>
      {needsPin && (
        <Field
          label={t("pin.label")}
          hint={triesLeft === CLAIM_PIN_TRIES && t("pin.hint")}
          error={error && <span role="alert">{error}</span>}
        >
          {(control) => (
            <Input
              {...control}
              ref={field}
              mono
              name="pin"
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={20}
              value={pin}
              readOnly={opening}
              onChange={({ target }) => setPin(target.value)}
              className="h-(--control-lg) text-lg tracking-widest"
            />
          )}
        </Field>
      )}
      <Button type="submit" variant="primary" size="lg" busy={opening} className="w-full">
        {t("ready.open", { count: codes })}
      </Button>
      <p className="text-xs text-ink-2">
        {t.rich("ready.until", { at: () => <LocalTime at={expiresAt} /> })}
      </p>
    </form>
  );
}
