import { apiMethods } from "#app/_server/api-methods.ts";
import { apiRoute } from "#app/_server/api-route.ts";
import { listEvents } from "#lib/api/operations.ts";
import { readFeed } from "#lib/events/read-feed.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = apiMethods({
  GET: apiRoute(listEvents, async (ctx, { actor, query }) => {
    const { after = null, type, limit } = query;
    const page = await readFeed(ctx, actor, { after, types: type, limit });
    if (!page) {
      const errors = [{ parameter: "after", detail: "There is no such event." }];
      return { problem: { code: "invalid_request", facts: { errors } } };
    }
    const { events, next, hasMore } = page;
    return { status: 200, body: { data: events, next, hasMore } };
  }),
});
