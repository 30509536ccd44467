"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { hrefOf, isLink } from "#components/alerts/action-links.ts";
import type { Actions } from "#components/alerts/use-actions.ts";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import type { AlertAction } from "#lib/alerts/alert-policy.ts";
import type { AlertView } from "#lib/alerts/types.ts";

/** A button that a runbook names, doing what it says; its words alone for whoever has not the right. */
export function ActionButton({
  action,
  alert,
  orderId,
  actions,
  children,
}: {
  action: AlertAction;
  alert: AlertView;
  orderId: string | null;
  actions: Actions;
  /** Its words. */
  children: ReactNode;
}) {
  // i18n-use: alerts.action.hindrance.*
  const t = useTranslations("alerts.action.hindrance");
  const hindrance = actions.hindrance(action);
  if (hindrance === "right") {
    return (
      <span className="font-medium" data-tip={t(hindrance)}>
        {children}
      </span>
    );
  }
  const href = isLink(action) ? hrefOf(action, alert, orderId) : null;
  if (href !== null && hindrance === null) {
    return (
      <ButtonLink href={href} size="sm" onClick={() => actions.press(action)}>
        {children}
      </ButtonLink>
    );
  }
  return (
    <Button
      size="sm"
      busy={actions.busy === action}
      // Not `disabled`: why it can't be pressed has to be reached by the keyboard.
      {...(hindrance && { "aria-disabled": true, "data-tip": t(hindrance) })}
      onClick={() => {
        if (!hindrance) actions.press(action);
      }}
    >
      {children}
    </Button>
  );
}
