import type { Json } from "../port.ts";

/** A JSON object, not an array and not null. */
export function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
