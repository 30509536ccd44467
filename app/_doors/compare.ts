import { ACTIONS } from "./actions.ts";
import type { Found } from "./found.ts";
import { PAGES } from "./pages.ts";
import { ROUTES } from "./routes.ts";

type Declared = {
  pages: Readonly<Record<string, unknown>>;
  routes: Readonly<Record<string, unknown>>;
  actions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

const DECLARED: Declared = { pages: PAGES, routes: ROUTES, actions: ACTIONS };

/** Sentences on doors that are built and not declared, or the other way round. */
export function doorProblems(found: Found, declared: Declared = DECLARED): string[] {
  const ofActions = Object.entries(declared.actions).flatMap(([file, names]) =>
    Object.keys(names).map((name) => `${name} of ${file}`),
  );
  return [
    ...differences("page", "pages.ts", found.pages, Object.keys(declared.pages)),
    ...differences("route", "routes.ts", found.routes, Object.keys(declared.routes)),
    ...differences(
      "server action",
      "actions.ts",
      found.actions.map(({ file, name }) => `${name} of ${file}`),
      ofActions,
    ),
  ];
}

function differences(what: string, table: string, built: string[], declared: string[]): string[] {
  return [
    ...built
      .filter((door) => !declared.includes(door))
      .map(
        (door) =>
          `The ${what} ${door} isn't declared: say in app/_doors/${table} which right it wants.`,
      ),
    ...declared
      .filter((door) => !built.includes(door))
      .map((door) => `The ${what} ${door} isn't built: take it out of app/_doors/${table}.`),
  ];
}
