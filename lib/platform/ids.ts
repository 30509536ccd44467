const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** PostgreSQL throws at a malformed uuid, so doors ask first. */
export const isUuid = (text: unknown): text is string =>
  typeof text === "string" && UUID.test(text);
