import type { Locale } from "#i18n/locales.ts";

/**
 * Every namespace of messages, a file for each language. To add one, write both files and add its
 * line here; keys are typed from the English file.
 */
const catalog = {
  sessions: {
    en: () => import("./messages/en/sessions.json"),
    hi: () => import("./messages/hi/sessions.json"),
  },
  secondFactor: {
    en: () => import("./messages/en/secondFactor.json"),
    hi: () => import("./messages/hi/secondFactor.json"),
  },
  rights: {
    en: () => import("./messages/en/rights.json"),
    hi: () => import("./messages/hi/rights.json"),
  },
  people: {
    en: () => import("./messages/en/people.json"),
    hi: () => import("./messages/hi/people.json"),
  },
  invite: {
    en: () => import("./messages/en/invite.json"),
    hi: () => import("./messages/hi/invite.json"),
  },
  account: {
    en: () => import("./messages/en/account.json"),
    hi: () => import("./messages/hi/account.json"),
  },
  access: {
    en: () => import("./messages/en/access.json"),
    hi: () => import("./messages/hi/access.json"),
  },
  alerts: {
    en: () => import("./messages/en/alerts.json"),
    hi: () => import("./messages/hi/alerts.json"),
  },
  apiKeys: {
    en: () => import("./messages/en/apiKeys.json"),
    hi: () => import("./messages/hi/apiKeys.json"),
  },
  balance: {
    en: () => import("./messages/en/balance.json"),
    hi: () => import("./messages/hi/balance.json"),
  },
  claim: {
    en: () => import("./messages/en/claim.json"),
    hi: () => import("./messages/hi/claim.json"),
  },
  codeParts: {
    en: () => import("./messages/en/codeParts.json"),
    hi: () => import("./messages/hi/codeParts.json"),
  },
  codes: {
    en: () => import("./messages/en/codes.json"),
    hi: () => import("./messages/hi/codes.json"),
  },
  common: {
    en: () => import("./messages/en/common.json"),
    hi: () => import("./messages/hi/common.json"),
  },
  deliveries: {
    en: () => import("./messages/en/deliveries.json"),
    hi: () => import("./messages/hi/deliveries.json"),
  },
  deliveryActs: {
    en: () => import("./messages/en/deliveryActs.json"),
    hi: () => import("./messages/hi/deliveryActs.json"),
  },
  dossier: {
    en: () => import("./messages/en/dossier.json"),
    hi: () => import("./messages/hi/dossier.json"),
  },
  endpoints: {
    en: () => import("./messages/en/endpoints.json"),
    hi: () => import("./messages/hi/endpoints.json"),
  },
  audit: {
    en: () => import("./messages/en/audit.json"),
    hi: () => import("./messages/hi/audit.json"),
  },
  inbox: {
    en: () => import("./messages/en/inbox.json"),
    hi: () => import("./messages/hi/inbox.json"),
  },
  import: {
    en: () => import("./messages/en/import.json"),
    hi: () => import("./messages/hi/import.json"),
  },
  escalation: {
    en: () => import("./messages/en/escalation.json"),
    hi: () => import("./messages/hi/escalation.json"),
  },
  inventory: {
    en: () => import("./messages/en/inventory.json"),
    hi: () => import("./messages/hi/inventory.json"),
  },
  newOrder: {
    en: () => import("./messages/en/newOrder.json"),
    hi: () => import("./messages/hi/newOrder.json"),
  },
  orders: {
    en: () => import("./messages/en/orders.json"),
    hi: () => import("./messages/hi/orders.json"),
  },
  overview: {
    en: () => import("./messages/en/overview.json"),
    hi: () => import("./messages/hi/overview.json"),
  },
  reconcile: {
    en: () => import("./messages/en/reconcile.json"),
    hi: () => import("./messages/hi/reconcile.json"),
  },
  reveal: {
    en: () => import("./messages/en/reveal.json"),
    hi: () => import("./messages/hi/reveal.json"),
  },
  runbooks: {
    en: () => import("./messages/en/runbooks.json"),
    hi: () => import("./messages/hi/runbooks.json"),
  },
  settings: {
    en: () => import("./messages/en/settings.json"),
    hi: () => import("./messages/hi/settings.json"),
  },
  shell: {
    en: () => import("./messages/en/shell.json"),
    hi: () => import("./messages/hi/shell.json"),
  },
  supplierOrders: {
    en: () => import("./messages/en/supplierOrders.json"),
    hi: () => import("./messages/hi/supplierOrders.json"),
  },
  supplierSettings: {
    en: () => import("./messages/en/supplierSettings.json"),
    hi: () => import("./messages/hi/supplierSettings.json"),
  },
  suppliers: {
    en: () => import("./messages/en/suppliers.json"),
    hi: () => import("./messages/hi/suppliers.json"),
  },
  ui: {
    en: () => import("./messages/en/ui.json"),
    hi: () => import("./messages/hi/ui.json"),
  },
};

export type Namespace = keyof typeof catalog;
export type Messages = {
  [Name in Namespace]: Awaited<ReturnType<(typeof catalog)[Name]["en"]>>["default"];
};

/** All messages of one language, by namespace. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  const entries = Object.entries(catalog).map(async ([name, files]) => {
    const file = await files[locale]();
    return [name, file.default] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Messages;
}
