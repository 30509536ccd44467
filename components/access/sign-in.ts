export type SignInAnswer =
  | { kind: "signed_in" }
  /** Wrong password, unknown or disabled user: nobody is told which. */
  | { kind: "refused" }
  | { kind: "too_many"; retryAfterSeconds: number }
  /** The browser didn't give back the cookie that ties the form to this page. */
  | { kind: "no_cookie" }
  /** Our server works, but what it stands on (the database) doesn't. */
  | { kind: "unavailable" }
  | { kind: "unreachable" };

/** Signs in with next-auth's own routes; its client library would do the same with more code. */
export async function signIn(email: string, password: string): Promise<SignInAnswer> {
  try {
    const csrf = await fetch("/api/auth/csrf", { cache: "no-store" });
    const { csrfToken } = (await readJson(csrf)) ?? {};
    if (!csrfToken) return { kind: "unavailable" };
    const answer = await fetch("/api/auth/callback/credentials", {
      method: "POST",
      body: new URLSearchParams({ csrfToken, email, password, callbackUrl: "/", json: "true" }),
      redirect: "error",
    });
    return readAnswer(await readJson(answer));
  } catch {
    return { kind: "unreachable" };
  }
}

/** next-auth answers with the address it would lead to; what went wrong stands in its query. */
export function readAnswer(body: Record<string, string> | null): SignInAnswer {
  if (!body?.url || !URL.canParse(body.url, "http://localhost")) return { kind: "unavailable" };
  const query = new URL(body.url, "http://localhost").searchParams;
  const error = query.get("error");
  if (query.has("csrf")) return { kind: "no_cookie" };
  if (error === null) return { kind: "signed_in" };
  if (error === "CredentialsSignin") return { kind: "refused" };
  const seconds = /^too_many:(\d{1,6})$/.exec(error)?.[1];
  return seconds
    ? { kind: "too_many", retryAfterSeconds: Number(seconds) }
    : { kind: "unavailable" };
}

async function readJson(response: Response): Promise<Record<string, string> | null> {
  return response.json().catch(() => null);
}
