import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { RunbookText } from "./runbook-text.tsx";

const html = (markdown: string) =>
  renderToStaticMarkup(
    <RunbookText
      markdown={markdown}
      renderButton={(action, words) => <button type="button">{[action, ": ", words]}</button>}
    />,
  );

describe("a runbook's text", () => {
  it("has the buttons that it names, with its own words", () => {
    expect(html("1. [Look **now**](action:look_now)")).toContain(
      '<button type="button">look_now: Look <strong>now</strong></button>',
    );
  });

  it("shows the words alone of a button that there isn't", () => {
    const shown = html("Then [launch](action:launch).");
    expect(shown).toContain("<p>Then launch.</p>");
    expect(shown).not.toContain("action:");
  });

  it.each([
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,hi)",
    "[x](http://example.com)",
    "[x](//example.com)",
    "[x](mailto:a@example.com)",
    "<script>alert(1)</script>",
    '<img src="https://example.com/pixel" onerror="alert(1)">',
    "![x](https://example.com/pixel)",
  ])("lets nothing of %s through", (markdown) => {
    expect(html(markdown)).not.toMatch(/<a|<img|<script|href|src|alert|example/);
  });

  it("leads into the console, or to another page by https without telling where from", () => {
    expect(html("[b](/balance?x=1)")).toContain('href="/balance?x=1"');
    expect(html("[s](https://status.example.com/a)")).toContain(
      '<a href="https://status.example.com/a" target="_blank" rel="noopener noreferrer"',
    );
  });
});
