import { liveRoute } from "#app/_server/live-route.ts";
import { readDossiers } from "#lib/alerts/dossier/read-dossiers.ts";

export const GET = liveRoute((ctx, actor, { params }) => readDossiers(ctx, actor, params.id ?? ""));
