import { describe, expect, it } from "vitest";
import { scanUses } from "#i18n/scan-uses.ts";

const scan = (source: string) => {
  const { exact, prefixes } = scanUses(source, ["ui", "orders"]);
  return { exact: exact.map(({ key }) => key), prefixes: [...prefixes] };
};

describe("scanUses", () => {
  it("follows translators with and without a namespace", () => {
    const source = `
      const t = useTranslations("ui");
      const all = await getTranslations();
      t("close"); t.rich("a.b", { x: 1 }); all("orders.title");
    `;
    expect(scan(source).exact).toEqual(["ui.close", "ui.a.b", "orders.title"]);
  });

  it("takes the nearest translator above where a name has several", () => {
    const source = `
      function A() { const t = useTranslations("ui"); t("close"); }
      function B() { const t = useTranslations("orders"); t("title"); }
    `;
    expect(scan(source).exact).toEqual(["ui.close", "orders.title"]);
  });

  it("reads both arms of a choice, and not what is compared", () => {
    const source = `const t = useTranslations("ui"); t(mode === "late" ? "a" : "b")`;
    expect(scan(source).exact).toEqual(["ui.a", "ui.b"]);
  });

  it("keeps the fixed part of a template", () => {
    const source = `const t = useTranslations("orders"); t(\`status.\${order.status}\`)`;
    expect(scan(source)).toEqual({ exact: [], prefixes: ["orders.status."] });
  });

  it("isn't misled by other calls that end alike", () => {
    const source = `const t = useTranslations("ui"); format("x"); object.t("y"); t("z")`;
    expect(scan(source).exact).toEqual(["ui.z"]);
  });

  it("takes whole keys in strings and declared uses", () => {
    const source = `const x = { labelKey: "orders.title" }; // i18n-use: orders.reason.*`;
    expect(scan(source).prefixes).toEqual(["=orders.title", "orders.reason."]);
  });
});
