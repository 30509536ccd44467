const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** PostgreSQL throws at a malformed uuid, so doors ask first. */
export const isUuid = (text: unknown): text is string =>
  typeof text === "string" && UUID.test(text);

/** When a UUIDv7 was made, in milliseconds since 1970 (RFC 9562, section 5.7). */
export const madeAtMs = (id: string): number =>
  Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
