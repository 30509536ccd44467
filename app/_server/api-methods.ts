import { problemResponse } from "./api-answer.ts";
import { correlationOf, type RouteHandler } from "./api-route.ts";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * All methods of an address: those that there are, and for the others a problem that says so, in place of
 * Next's empty answer. HEAD and OPTIONS are Next's own.
 */
export function apiMethods(
  handlers: Partial<Record<"GET" | "POST", RouteHandler>>,
): Record<Method, RouteHandler> {
  const allow = Object.keys(handlers).join(", ");
  const refuse: RouteHandler = async (request) =>
    problemResponse({ code: "method_not_allowed" }, correlationOf(request.headers), { allow });
  return { GET: refuse, POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse, ...handlers };
}
