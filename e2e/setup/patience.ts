import type { BrowserContext, Page } from "@playwright/test";

const EVERY_MS = 50;
/** What comes after says better what is missing then. */
const MOST_MS = 15_000;

/**
 * Has each page of a context that is opened or loaded anew wait until React has taken over all that stands
 * on it: on a slow machine a press or a word that comes before is lost.
 */
export function waitForPages(context: BrowserContext): void {
  for (const page of context.pages()) waitForPage(page);
  context.on("page", waitForPage);
}

function waitForPage(page: Page): void {
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  page.goto = async (...given) => {
    const response = await goto(...given);
    await listening(page);
    return response;
  };
  page.reload = async (...given) => {
    const response = await reload(...given);
    await listening(page);
    return response;
  };
}

/** Waits until the page listens to what is done on it. */
export async function listening(page: Page): Promise<void> {
  const until = Date.now() + MOST_MS;
  // A test may have stopped the page's own clock.
  while (Date.now() < until && !(await isTaken(page))) {
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}

/** React marks the elements that it has taken over from the server's page. */
const isTaken = (page: Page): Promise<boolean> =>
  page
    .evaluate(() =>
      [
        ...document.querySelectorAll(
          "a, button, input, select, textarea, main *:not(script, style, link, template)",
        ),
      ].every((element) => Object.keys(element).some((key) => key.startsWith("__reactProps$"))),
    )
    // It has just gone elsewhere.
    .catch(() => false);
