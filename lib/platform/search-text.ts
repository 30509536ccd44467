import { z } from "zod";

/** What somebody searches for, from a URL. Without NUL, which PostgreSQL refuses. */
export const searchText = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((text) => !text.includes("\u0000"));

/**
 * Makes a text mean itself in Prisma's `contains`, `startsWith` and case-insensitive `equals`, which
 * hand `%` and `_` on as wildcards.
 */
export const literally = (text: string): string => text.replace(/[\\%_]/g, "\\$&");
