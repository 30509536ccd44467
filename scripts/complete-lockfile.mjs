/**
 * Run after a change of the packages: adds to package-lock.json the optional packages for other
 * platforms that npm left out of it. npm does so when they are missing from node_modules or from the
 * registry it asks, and `npm ci` then refuses the lockfile everywhere, even where none of them is
 * wanted. The entries carry the exact version that the parent asks for, and no hash.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./base/root.mjs";
import { say } from "./base/say.mjs";

const systems = ["android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "win32"];
const processors = ["arm64", "arm", "ia32", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

/** The optional packages that the lockfile names but doesn't hold: `{ parent, name, version }`. */
export function missingPackages({ packages }) {
  return Object.entries(packages).flatMap(([parent, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !placesOf(parent, name).some((path) => path in packages))
      .map(([name, version]) => ({ parent, name, version })),
  );
}

/** A sentence where packages are missing, since `npm ci` would fail; otherwise nothing. */
export function completenessProblems(lockfile) {
  const missing = missingPackages(lockfile);
  if (missing.length === 0) return [];
  return [
    `package-lock.json lacks ${missing.length} optional packages (such as ${missing[0].name}), so that ` +
      "`npm ci` refuses it. Run `node scripts/complete-lockfile.mjs`.",
  ];
}

/** The lockfile with those packages in it, in npm's order. */
export function completeLockfile(lockfile) {
  const added = missingPackages(lockfile).map(({ parent, name, version }) => {
    if (!/^\d+\.\d+\.\d+/.test(version))
      throw new Error(`${parent} asks for no exact version of ${name}.`);
    const { dev } = lockfile.packages[parent];
    return [
      `node_modules/${name}`,
      { version, ...platformOf(name), ...(dev && { dev }), optional: true },
    ];
  });
  const sorted = [...Object.entries(lockfile.packages), ...added].sort(([a], [b]) =>
    a.localeCompare(b, "en"),
  );
  return { ...lockfile, packages: Object.fromEntries(sorted) };
}

/** Where Node would look for the package from its parent, nearest first. */
function placesOf(parent, name) {
  const places = [];
  for (
    let at = parent;
    at !== "";
    at = at.slice(0, Math.max(at.lastIndexOf("/node_modules/"), 0))
  ) {
    places.push(`${at}/node_modules/${name}`);
  }
  return [...places, `node_modules/${name}`];
}

/** Such packages say in their name which machines they are for. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor));
  const libc = ["musl"].filter((library) => words.includes(library));
  if (os.length + cpu.length === 0) throw new Error(`The name ${name} tells no platform.`);
  return {
    ...(cpu.length > 0 && { cpu }),
    ...(os.length > 0 && { os }),
    ...(libc.length > 0 && { libc }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = join(root, "package-lock.json");
  const lockfile = JSON.parse(readFileSync(path, "utf8"));
  const missing = missingPackages(lockfile);
  if (missing.length > 0)
    writeFileSync(path, `${JSON.stringify(completeLockfile(lockfile), null, 2)}\n`);
  say(`${missing.length} packages added to package-lock.json`);
}
