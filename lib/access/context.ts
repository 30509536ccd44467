import type { Core } from "#lib/platform/core.ts";
import type { Sealer } from "#lib/platform/seal.ts";

/** Where the second factor's secrets are sealed and opened. */
export type SealedCore = Core & { sealer: Sealer };

/** Where links are made that lead people in. */
export type LinkCore = Core & { consoleUrl: string };
