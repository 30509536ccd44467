import { PAGES } from "./pages.ts";
import type { Right } from "./rights.ts";
import { ROUTES } from "./routes.ts";

type Door = { route: string; right: Right; pattern: RegExp; variables: number };

const DOORS: readonly Door[] = [
  ...Object.entries(PAGES),
  // What a link leads to is asked by GET.
  ...Object.entries(ROUTES).flatMap(([route, { GET }]) => (GET ? [[route, GET] as const] : [])),
]
  .map(([route, right]) => ({ route, right, ...patternOf(route) }))
  // What is named in full comes before what a variable stands for.
  .sort((one, other) => one.variables - other.variables);

/** The page or route handler that an address of the console leads to, and what that wants; null where it leads nowhere. */
export function doorAt(path: string): { route: string; right: Right } | null {
  const [pathname = ""] = path.split(/[?#]/);
  const door = DOORS.find(({ pattern }) => pattern.test(pathname));
  return door ? { route: door.route, right: door.right } : null;
}

function patternOf(route: string): { pattern: RegExp; variables: number } {
  const source = route
    .replaceAll(".", "\\.")
    .replace(/\/\[\[\\\.\\\.\\\.\w+\]\]/g, "(/.*)?")
    .replace(/\[\\\.\\\.\\\.\w+\]/g, ".+")
    .replace(/\[\w+\]/g, "[^/]+");
  return { pattern: new RegExp(`^${source}$`), variables: route.split("[").length - 1 };
}
