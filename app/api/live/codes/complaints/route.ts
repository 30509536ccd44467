import { liveRoute } from "#app/_server/live-route.ts";
import { parseComplaintFilter, readComplaints } from "#lib/codes/read-complaints.ts";

export const GET = liveRoute((ctx, actor, { query }) =>
  readComplaints(ctx, actor, parseComplaintFilter(query)),
);
