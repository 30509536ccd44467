/**
 * The oldest versions that Keyhold accepts of the packages whose older ones have known holes. Held
 * against the lockfile, because an advisory service may be out of reach.
 */
const floors = [
  { name: "next", atLeast: "16.4.1", required: true },
  { name: "react", atLeast: "19.3.1", required: true },
  { name: "next-auth", atLeast: "4.24.15", required: true },
  { name: "undici", atLeast: "7.30.2", required: true },
  { name: "sharp", atLeast: "0.35.5", required: false },
  { name: "nodemailer", above: "9.0.0", required: false },
];

/** The oldest Node of each line without known holes that matter to a server. */
const safeNodes = ["22.23.4", "24.22.1", "26.12.1"];

/** Sentences on what in the lockfile is too old; empty where all is well. */
export function floorProblems(lockfile) {
  return floors.flatMap(({ name, atLeast, above, required }) => {
    const found = Object.entries(lockfile.packages)
      .filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
      .map(([path, { version }]) => ({ path, version }));
    if (found.length === 0) return required ? [`${name} is missing from package-lock.json.`] : [];
    return found
      .filter(({ version }) => !isWithin(version, { atLeast, above }))
      .map(
        ({ path, version }) =>
          `${path} is ${version}; it has to be ${above ? `newer than ${above}` : `${atLeast} or newer`}.`,
      );
  });
}

/** A sentence on a Node that has known holes, or null. It is a warning: Keyhold runs on it. */
export function nodeWarning(version) {
  const [major] = version.split(".").map(Number);
  const safe = safeNodes.find((each) => each.startsWith(`${major}.`));
  const newest = Number(safeNodes.at(-1).split(".")[0]);
  if (safe ? compareVersions(version, safe) >= 0 : major > newest) return null;
  return `Warning: Node ${version} has known security holes. In production use ${safeNodes.join(", ")} or newer.`;
}

/** Negative, zero or positive, as `a` is older than, the same as or newer than `b`. */
export function compareVersions(a, b) {
  const [mine, theirs] = [a, b].map(readVersion);
  const place = mine.numbers.findIndex((number, index) => number !== theirs.numbers[index]);
  if (place >= 0) return mine.numbers[place] - theirs.numbers[place];
  return Number(theirs.isPrerelease) - Number(mine.isPrerelease);
}

function readVersion(text) {
  const [core, ...rest] = text.split("-");
  return { numbers: core.split(".").map(Number), isPrerelease: rest.length > 0 };
}

function isWithin(version, { atLeast, above }) {
  return above ? compareVersions(version, above) > 0 : compareVersions(version, atLeast) >= 0;
}
