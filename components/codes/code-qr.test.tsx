import { renderToStaticMarkup } from "react-dom/server";
import { encode } from "uqr";
import { describe, expect, it } from "vitest";
import { CodeQr, pathOf } from "./code-qr.tsx";

/** The modules that a path covers. */
function drawn(path: string, size: number): boolean[][] {
  const rows = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    rows[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
  }
  return rows;
}

describe("CodeQr", () => {
  it("draws each dark module, and no other", () => {
    const { data, size } = encode("LPA:1$smdp.example.com$K2-ABC", { ecc: "M", border: 4 });
    expect(drawn(pathOf(data), size)).toEqual(data);
  });

  it("has a name, a white margin and no inline style", () => {
    const html = renderToStaticMarkup(<CodeQr text="LPA:1$a.example$B" label="QR code" />);
    expect(html).toContain('aria-label="QR code"');
    expect(html).not.toContain("style");
    const [, path = ""] = /fill="#000" d="([^"]+)"/.exec(html) ?? [];
    const starts = [...path.matchAll(/M(\d+) (\d+)/g)].flatMap(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    expect(Math.min(...starts)).toBe(4);
  });

  it("is nothing for what no QR code can hold", () => {
    expect(renderToStaticMarkup(<CodeQr text={"x".repeat(5_000)} label="QR code" />)).toBe("");
  });
});
