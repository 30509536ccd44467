import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** What a page may load of JavaScript before it is usable, compressed. */
export const firstLoadLimitKb = 180;

/**
 * The gzip-compressed size in kB (1000 bytes) of the JavaScript that each route's page loads first,
 * largest first, from the list that `next build` writes. Null where the build has written none.
 */
export function measureFirstLoad(folder) {
  const list = join(folder, ".next", "diagnostics", "route-bundle-stats.json");
  if (!existsSync(list)) return null;
  const sizes = new Map();
  const sizeOf = (path) => {
    if (!sizes.has(path)) sizes.set(path, gzipSync(readFileSync(join(folder, path))).length);
    return sizes.get(path);
  };
  return JSON.parse(readFileSync(list, "utf8"))
    .map(({ route, firstLoadChunkPaths }) => ({
      route,
      kb: firstLoadChunkPaths.reduce((sum, path) => sum + sizeOf(path), 0) / 1000,
    }))
    .sort((a, b) => b.kb - a.kb);
}

/** Sentences on the routes over the limit. */
export function firstLoadProblems(routes) {
  return routes
    .filter(({ kb }) => kb > firstLoadLimitKb)
    .map(
      ({ route, kb }) =>
        `${route} loads ${kb.toFixed(1)} kB of JavaScript first; the limit is ${firstLoadLimitKb} kB.`,
    );
}
