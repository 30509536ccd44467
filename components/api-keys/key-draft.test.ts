import { expect, it } from "vitest";
import { loadMessages } from "#i18n/catalog.ts";
import { locales } from "#i18n/locales.ts";
import type { KeyView } from "#lib/api/types.ts";
import { changeOf, draftOf, NEW_KEY, wishOf } from "./key-draft.ts";

it("binds a key to its own orders unless somebody says otherwise", () => {
  expect(wishOf({ ...NEW_KEY, name: "shop", scopes: ["orders:write"] })).toMatchObject({
    ...{ name: "shop", scopes: ["orders:write"], ownOrdersOnly: true },
    ...{ ratePerMinute: 600, expiresInDays: null, allowedFrom: [], spendPerDay: {} },
  });
  expect(wishOf({ ...NEW_KEY, ownOrdersOnly: false }).ownOrdersOnly).toBe(false);
});

it.each(locales)(
  "says in %s that this is right for storefronts, and what it is without",
  async (locale) => {
    const { apiKeys } = await loadMessages(locale);
    const said = { en: [/storefront/, /all orders/], hi: [/स्टोरफ़्रंट/, /सारे ऑर्डर/] }[locale];
    for (const words of said) expect(apiKeys.create.ownHint).toMatch(words);
  },
);

it("takes what was typed line by line, and sends what makes no number to be refused", () => {
  const draft = {
    ...NEW_KEY,
    from: " 203.0.113.7 \n\n10.0.0.0/8",
    spend: "usd 250\neur",
    days: "x",
  };
  expect(wishOf(draft)).toMatchObject({
    allowedFrom: ["203.0.113.7", "10.0.0.0/8"],
    spendPerDay: { USD: "250", EUR: "" },
    expiresInDays: -1,
  });
});

it("sends of a change what is another, and nothing else", () => {
  const view: KeyView = {
    ...{ id: "k1", name: "shop", prefix: "kh_abcdefgh", state: "active", ownOrdersOnly: true },
    ...{ scopes: ["orders:write", "codes:read"], allowedFrom: ["10.0.0.0/8", "203.0.113.7"] },
    ...{ ratePerMinute: 600, spendPerDay: {}, createdAt: "2026-01-01T00:00:00.000Z" },
    ...{ createdBy: "Asha", expiresAt: "2026-12-01T10:00:07.000Z", revokedAt: null },
    ...{ lastUsedAt: null, lastUsedFrom: null, previous: null },
  };
  const draft = draftOf(view);
  expect(changeOf(view, draft)).toEqual({ id: "k1" });
  expect(
    changeOf(view, {
      ...{ name: "Shop 2", scopes: ["orders:write"], from: " 203.0.113.7\n\n", rate: "x" },
      expiresAt: null,
    }),
  ).toEqual({
    ...{ id: "k1", name: "Shop 2", scopes: ["orders:write"], allowedFrom: ["203.0.113.7"] },
    ...{ ratePerMinute: -1, expiresAt: null },
  });
});
