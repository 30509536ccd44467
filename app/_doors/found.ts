import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A server action: a public POST endpoint of every page in whose code it is. */
export type FoundAction = { file: string; name: string; id: string; page: string };
export type Found = { pages: string[]; routes: string[]; actions: FoundAction[] };

type Manifests = {
  /** `/(console)/orders/page` → `/orders` */
  routes: Record<string, string>;
  /** Of the old router, which brings its own error page. */
  oldPages: Record<string, string>;
  actions: Record<
    "node" | "edge",
    Record<string, { filename: string; exportedName: string; workers: Record<string, unknown> }>
  >;
};

/** What `next build` says can be asked for. Throws where it has left no word. */
export function findDoors(folder: string): Found {
  const read = (...path: string[]) => {
    const file = join(folder, ".next", ...path);
    if (!existsSync(file)) throw new Error(`next build left no ${path.join("/")}`);
    return JSON.parse(readFileSync(file, "utf8"));
  };
  return doorsIn({
    routes: read("app-path-routes-manifest.json"),
    oldPages: read("server", "pages-manifest.json"),
    actions: read("server", "server-reference-manifest.json"),
  });
}

export function doorsIn({ routes, oldPages, actions }: Manifests): Found {
  const entries = Object.entries(routes);
  const endingIn = (word: string) =>
    entries.filter(([key]) => key.endsWith(`/${word}`)).map(([, route]) => route);
  const known = new Set([...endingIn("page"), ...endingIn("route")]);
  const strange = entries.map(([, route]) => route).filter((route) => !known.has(route));
  const all = [...Object.entries(actions.node), ...Object.entries(actions.edge)];
  return {
    pages: [...endingIn("page"), ...Object.keys(oldPages)].sort(),
    // Something that is neither would be a new kind of door: better undeclared than overlooked.
    routes: [...endingIn("route"), ...strange].sort(),
    actions: all
      .map(([id, { filename, exportedName, workers }]) => {
        const worker = Object.keys(workers).sort()[0] ?? "";
        const page = routes[worker.replace(/^app/, "")] ?? "";
        return { file: filename, name: exportedName, id, page };
      })
      .sort((a, b) => (`${a.file} ${a.name}` < `${b.file} ${b.name}` ? -1 : 1)),
  };
}
