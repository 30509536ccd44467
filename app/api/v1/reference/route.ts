import { apiMethods } from "#app/_server/api-methods.ts";
import { openApiDocument } from "#lib/api/open-api.ts";
import { referencePage } from "#lib/api/reference-page.ts";
import { env } from "#lib/platform/env.ts";

/** The document for people: one page without scripts, styled under the proxy's nonce. */
export const { GET, POST, PUT, PATCH, DELETE } = apiMethods({
  GET: async (request) => {
    const nonce = request.headers.get("x-nonce") ?? "";
    const page = referencePage(openApiDocument(env().NEXTAUTH_URL), nonce);
    return new Response(page, {
      headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
    });
  },
});
