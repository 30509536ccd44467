import { describe, expect, it } from "vitest";
import { type FormKind, formKinds, kindFields } from "#components/supplier-settings/kind-fields.ts";
import {
  draftOf,
  emptyDraft,
  inputOf,
  placeOf,
  type SupplierDraft,
  shownFields,
  slugOf,
  toKind,
} from "#components/supplier-settings/supplier-draft.ts";
import { kindNamed } from "#lib/suppliers/kinds.ts";

const GIVEN: Record<FormKind, Record<string, string>> = {
  signed_webhook: {
    "config.baseUrl": "https://api.example.com/v1",
    "config.paths.order": "/orders/{id}",
    "config.products": "STEAM-20; Steam 20 USD; 19.40",
    "secrets.apiKey": "key",
  },
  foxreload: { "secrets.apiKey": "key" },
  ozzobit: {
    "secrets.apiKey": "key",
    "secrets.apiSecret": "secret",
    "config.products": "btc-50; Bitcoin for 50 USD; BUY; BTC; bitcoin; 50",
  },
};

const filled = (kind: FormKind, texts: Record<string, string> = {}): SupplierDraft => {
  const draft = emptyDraft(kind);
  return {
    ...draft,
    name: " Game keys ",
    slug: "game-keys",
    texts: { ...draft.texts, ...GIVEN[kind], ...texts },
  };
};
function inputFrom(draft: SupplierDraft) {
  const input = inputOf(draft);
  if (Array.isArray(input)) throw new Error(JSON.stringify(input));
  return input;
}
const parsed = (draft: SupplierDraft) =>
  kindNamed(draft.kind)?.config.parse(inputFrom(draft).config) as Record<string, unknown>;

describe.each(formKinds)("the form of %s", (kind) => {
  it("asks for what the kind takes, and for every secret of it", () => {
    expect(() => parsed(filled(kind))).not.toThrow();
    const secrets = kindFields[kind]
      .filter(({ path }) => path.startsWith("secrets."))
      .map(({ path }) => path.slice("secrets.".length));
    expect([...new Set(secrets)].sort()).toEqual(
      kindNamed(kind)
        ?.secrets.map(({ name }) => name)
        .sort(),
    );
  });

  it("shows an account as it is: saved unchanged, nothing changes", () => {
    const config = parsed(filled(kind));
    const draft = draftOf(kind, { name: "Game keys", slug: "game-keys", config });
    expect(parsed(draft)).toEqual(config);
    expect(inputFrom(draft).secrets).toEqual({});
    // As it was typed in, what goes without saying left out.
    const { config: given } = inputFrom(filled(kind));
    expect(parsed(draftOf(kind, { name: "Game keys", slug: "game-keys", config: given }))).toEqual(
      config,
    );
  });

  it("has something said of every field", async () => {
    for (const locale of ["en", "hi"]) {
      const file = await import(`../../i18n/messages/${locale}/supplierSettings.json`);
      for (const { word, choices = [], path } of kindFields[kind]) {
        expect(file.default.field, path).toHaveProperty([word, "label"]);
        for (const choice of choices) {
          expect(file.default.choice, path).toHaveProperty([word, choice.replaceAll(",", "_")]);
        }
      }
    }
  });
});

describe("inputOf", () => {
  it("sends what is shown, and nothing else", () => {
    const draft = filled("signed_webhook", { "config.auth.header": "x-key" });
    expect(inputFrom(draft)).toMatchObject({ kind: "signed_webhook", name: "Game keys" });
    expect(inputFrom(draft).config.auth).toEqual({ by: "bearer" });
    const other = filled("signed_webhook", {
      "config.auth.by": "header",
      "config.auth.header": "x-key",
      "config.signature.scheme": "standard_webhooks",
      "secrets.webhookSecret": " whsec_abc ",
    });
    expect(inputFrom(other).config.auth).toEqual({ by: "header", header: "x-key" });
    expect(inputFrom(other).config.signature).toEqual({ scheme: "standard_webhooks" });
    expect(inputFrom(other).secrets).toEqual({ apiKey: "key", webhookSecret: "whsec_abc" });
  });

  it("tells none from the usual", () => {
    const silent = filled("signed_webhook", { "config.signature.scheme": "none" });
    expect(inputFrom(silent).config.signature).toBeNull();
    expect(draftOf("signed_webhook", { ...silent, config: parsed(silent) }).texts).toMatchObject({
      "config.signature.scheme": "none",
    });
    expect(inputFrom(filled("ozzobit", { "config.socketUrl": " " })).config.socketUrl).toBeNull();
    const words = filled("signed_webhook", { "config.create": "total = price\nnote =" });
    expect(inputFrom(words).config.create).toEqual({ total: "price", note: null });
  });

  it("keeps what stands beside an object's words", () => {
    const draft = filled("signed_webhook", {
      "config.create": "sku = code",
      "config.create.constants": "live = true\nlevel = 2\nshop = 007",
    });
    expect(inputFrom(draft).config.create).toEqual({
      sku: "code",
      constants: { live: true, level: 2, shop: "007" },
    });
  });

  it("says which lines can't be read, before anybody is asked", () => {
    const draft = filled("signed_webhook", {
      "config.statuses": "done completed",
      "config.products": "STEAM-20; Steam",
    });
    expect(inputOf(draft)).toEqual([
      { path: "config.products", code: "rows" },
      { path: "config.statuses", code: "pairs" },
    ]);
  });
});

describe("draftOf", () => {
  it("shows the usual where nothing was said, and nothing where that was", () => {
    const bare = draftOf("ozzobit", { name: "O", slug: "o", config: {} });
    expect(bare.texts).toEqual(emptyDraft("ozzobit").texts);
    const signature = { scheme: "hmac_sha256", header: "x-sign" };
    const { texts } = draftOf("signed_webhook", { name: "S", slug: "s", config: { signature } });
    expect(texts).toMatchObject({
      "config.signature.prefix": "",
      "config.signature.encoding": "hex",
      "config.auth.by": "bearer",
      "config.paths.create": "/orders",
    });
  });
});

describe("products in lines", () => {
  it("are JSON where they have more than the columns", () => {
    const row = { sku: "A;1", name: "A", price: "1", maxQuantity: 3, noteFields: [] };
    const config = { ...parsed(filled("signed_webhook")), products: [row] };
    const { texts } = draftOf("signed_webhook", { name: "G", slug: "g", config });
    expect(JSON.parse(texts["config.products"] ?? "")).toEqual({
      sku: "A;1",
      name: "A",
      price: "1",
      maxQuantity: 3,
    });
  });
});

describe("placeOf", () => {
  it("finds the field around what is wrong", () => {
    const draft = filled("signed_webhook");
    expect(placeOf(draft, "slug")).toBe("slug");
    expect(placeOf(draft, "config.products.3.price")).toBe("config.products");
    expect(placeOf(draft, "config.create.constants.a")).toBe("config.create.constants");
    expect(placeOf(draft, "config.auth.header")).toBeNull();
    expect(placeOf(draft, "config.unheard")).toBeNull();
  });
});

describe("the rest", () => {
  it("keeps the name when the kind changes, and nothing of the other kind", () => {
    const draft = toKind(filled("signed_webhook"), "ozzobit");
    expect(draft.name).toBe(" Game keys ");
    expect(draft.texts["config.baseUrl"]).toBe("https://ozzobit.com/api");
    expect(shownFields(draft).some(({ path }) => path.startsWith("config.paths"))).toBe(false);
  });

  it("makes an address of a name", () => {
    expect(slugOf("  Spiel-Schlüssel & Co. ")).toBe("spiel-schlussel-co");
    expect(slugOf("कुंजी")).toBe("");
  });
});
