const DAY_MS = 24 * 60 * 60 * 1_000;
/** It may be kept by whoever read it; the standard asks for less than a year. */
const GOOD_FOR_DAYS = 180;

/** RFC 9116: whom to tell of a hole in this installation. */
export function securityTxt({
  contact,
  ownUrl,
  now,
}: {
  contact: string;
  ownUrl: string;
  now: Date;
}): string {
  const expires = new Date(now.getTime() + GOOD_FOR_DAYS * DAY_MS);
  return [
    `Contact: ${contact}`,
    `Expires: ${expires.toISOString().slice(0, 10)}T00:00:00Z`,
    "Preferred-Languages: en, hi",
    `Canonical: ${new URL("/.well-known/security.txt", ownUrl).href}`,
    "",
  ].join("\n");
}
