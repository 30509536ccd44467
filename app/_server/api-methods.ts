import { problemResponse } from "./api-answer.ts";
import { correlationOf, type RouteHandler } from "./api-route.ts";

type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * All methods of an address: those that there are, and for the others a problem that says so, in place of
 * Next's empty answer. HEAD among them, unless it is named: Next's own does what GET does, and that may open codes. OPTIONS is Next's.
 */
export function apiMethods(
  handlers: Partial<Record<"GET" | "HEAD" | "POST", RouteHandler>>,
): Record<Method, RouteHandler> {
  const allow = Object.keys(handlers).join(", ");
  const refuse: RouteHandler = async (request) =>
    problemResponse({ code: "method_not_allowed" }, correlationOf(request.headers), { allow });
  const refused = { HEAD: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse };
  return { GET: refuse, POST: refuse, ...refused, ...handlers };
}
