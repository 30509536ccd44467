/**
 * Whether a browser sends this for another site's page. A read changes nothing by right, but it may
 * keep a session alive or ask the supplier, and neither is another site's to cause. Programs that
 * are no browser don't send the header.
 */
export function isCrossSite(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  return site !== null && site !== "same-origin" && site !== "none";
}
