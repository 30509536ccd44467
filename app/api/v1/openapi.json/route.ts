import { jsonResponse } from "#app/_server/api-answer.ts";
import { apiMethods } from "#app/_server/api-methods.ts";
import { openApiDocument } from "#lib/api/open-api.ts";
import { env } from "#lib/platform/env.ts";

/** For everybody: it says what can be asked for, and nothing of this installation but its address. */
export const { GET, POST, PUT, PATCH, DELETE } = apiMethods({
  GET: async () => jsonResponse(openApiDocument(env().NEXTAUTH_URL), 200),
});
