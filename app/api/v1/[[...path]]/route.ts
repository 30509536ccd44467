import { problemResponse } from "#app/_server/api-answer.ts";
import { correlationOf } from "#app/_server/api-route.ts";

/** Whatever else stands below `/api/v1`: a problem, in place of the console's page. */
const nothing = async (request: Request): Promise<Response> =>
  problemResponse({ code: "not_found" }, correlationOf(request.headers));

export const GET = nothing;
export const POST = nothing;
export const PUT = nothing;
export const PATCH = nothing;
export const DELETE = nothing;
