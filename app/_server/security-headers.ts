/** A fresh nonce: 128 random bits, as the policy asks. */
export function makeNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
}

/**
 * The content security policy of one response. Scripts run only with its nonce, or when loaded by
 * one that does. Inline style attributes are allowed (headless primitives place their panels with
 * them); inline style elements are not. `dev` adds what React's error overlay and hot reload need.
 */
export function contentSecurityPolicy(nonce: string, dev: boolean): string {
  const directives: [string, ...string[]][] = [
    ["default-src", "'self'"],
    [
      "script-src",
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      ...(dev ? ["'unsafe-eval'"] : []),
    ],
    ["style-src", "'self'", ...(dev ? ["'unsafe-inline'"] : [`'nonce-${nonce}'`])],
    ["style-src-attr", "'unsafe-inline'"],
    ["img-src", "'self'", "data:"],
    ["font-src", "'self'"],
    ["connect-src", "'self'", ...(dev ? ["ws:"] : [])],
    ["worker-src", "'none'"],
    ["manifest-src", "'self'"],
    ["object-src", "'none'"],
    ["base-uri", "'none'"],
    ["form-action", "'self'"],
    ["frame-ancestors", "'none'"],
  ];
  return directives.map((directive) => directive.join(" ")).join("; ");
}

/** A caller's correlation id is kept if it is harmless to log and to send on; else a new one. */
export function pickCorrelationId(offered: string | null): string {
  return offered && /^[A-Za-z0-9_-]{8,64}$/.test(offered) ? offered : crypto.randomUUID();
}
