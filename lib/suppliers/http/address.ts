import { z } from "zod";

export type Address = { origin: string; prefix: string };

/** Splits a base address; throws a sentence for one that cannot be a supplier's. */
export function splitAddress(baseUrl: string): Address {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (!url || !["http:", "https:"].includes(url.protocol)) {
    throw new Error("The supplier's address has to start with https:// or http://.");
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new Error("The supplier's address must hold no sign-in, query or fragment.");
  }
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, "") };
}

/**
 * An id as one path segment, or null when it cannot be one: `.` and `..` would name another path,
 * and broken Unicode cannot be encoded.
 */
export function pathSegment(id: string): string | null {
  if (id === "" || id.length > 200 || id === "." || id === ".." || /\p{C}/u.test(id)) return null;
  return encodeURIComponent(id);
}

/** A base address as a configuration holds it. */
export const baseAddress = z
  .string()
  .trim()
  .max(500)
  .superRefine((text, check) => {
    try {
      splitAddress(text);
    } catch {
      check.addIssue({ code: "custom", message: "url" });
    }
  });
