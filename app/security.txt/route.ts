import { securityTxt } from "#app/_server/security-txt.ts";
import { env } from "#lib/platform/env.ts";

/** Also at /.well-known/security.txt. Nothing where nobody has said whom to tell. */
export function GET(): Response {
  const { KEYHOLD_SECURITY_CONTACT: contact, NEXTAUTH_URL: ownUrl } = env();
  const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
  if (!contact) return new Response("No contact is configured.\n", { status: 404, headers });
  return new Response(securityTxt({ contact, ownUrl, now: new Date() }), { headers });
}
