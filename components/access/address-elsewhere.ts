/**
 * Where the provider of single sign-on is asked: next-auth's own route makes state, nonce and PKCE. Null where it
 * leads nowhere else.
 * @param next the page of ours to come back to
 */
export async function addressElsewhere(next: string): Promise<URL | null> {
  const csrf = await fetch("/api/auth/csrf", { cache: "no-store" });
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch("/api/auth/signin/oidc", {
    method: "POST",
    body: new URLSearchParams({ csrfToken, callbackUrl: next, json: "true" }),
    redirect: "error",
  });
  const { url } = (await answer.json()) as { url?: string };
  if (!url || !URL.canParse(url)) return null;
  const address = new URL(url);
  return address.origin === window.location.origin ? null : address;
}
