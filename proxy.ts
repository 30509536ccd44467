import { type NextRequest, NextResponse } from "next/server";
import {
  contentSecurityPolicy,
  makeNonce,
  pickCorrelationId,
} from "#app/_server/security-headers.ts";

const production = process.env.NODE_ENV === "production";
const development = process.env.NODE_ENV === "development";

/**
 * Sets headers and decides nothing: whoever may see what is proved by every page, action and route
 * for itself. Next reads the nonce from the request's own policy and puts it on its scripts.
 */
export function proxy(request: NextRequest) {
  const nonce = makeNonce();
  const policy = contentSecurityPolicy(nonce, development);
  const correlationId = pickCorrelationId(request.headers.get("x-correlation-id"));

  const inward = new Headers(request.headers);
  inward.set("content-security-policy", policy);
  inward.set("x-nonce", nonce);
  inward.set("x-correlation-id", correlationId);
  inward.set("x-asked-for", request.nextUrl.pathname + request.nextUrl.search);

  const response = NextResponse.next({ request: { headers: inward } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-correlation-id", correlationId);
  const protocol = request.headers.get("x-forwarded-proto") ?? request.nextUrl.protocol;
  if (production && protocol.startsWith("https")) {
    response.headers.set("strict-transport-security", "max-age=63072000");
    response.headers.set("cross-origin-opener-policy", "same-origin");
  }
  return response;
}

export const config = {
  matcher: ["/((?!_next/static|_next/image|icon\\.svg$).*)"],
};
