import { expect, it, vi } from "vitest";
import { liveRoute } from "./live-route.ts";

// Who asks is beside the point here, and Next tells it only inside its own server.
vi.mock("./current-actor.ts", () => ({
  correlationId: async () => "00000000",
  currentActor: async () => ({ kind: "user", name: "Asha" }),
}));
vi.mock("./runtime.ts", () => ({ runtime: async () => ({}) }));

const context = { params: Promise.resolve({}) };
const from = (headers: Record<string, string>) =>
  new Request("http://ops.example.com/api/live/orders", { headers });

it.each(["cross-site", "same-site", ""])("reads nothing for a page of %s", async (site) => {
  const read = vi.fn(async () => ({ secret: 1 }));
  const answer = await liveRoute(read)(from({ "sec-fetch-site": site }), context);
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ code: "forbidden", reference: "00000000" });
  expect(read).not.toHaveBeenCalled();
});

it.each(["same-origin", "none"])(
  "reads for a page of %s, and lets nobody keep it",
  async (site) => {
    const answer = await liveRoute(async () => ({ rows: [] }))(
      from({ "sec-fetch-site": site }),
      context,
    );
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  },
);

it("tells of a surprise by its reference alone", async () => {
  const answer = await liveRoute(async () => {
    throw new TypeError("postgresql://keyhold:secret@10.0.0.1/keyhold");
  })(from({}), context);
  expect(answer.status).toBe(500);
  expect(await answer.json()).toEqual({
    ...{ type: "about:blank", title: "internal", status: 500 },
    ...{ code: "internal", reference: "00000000" },
  });
});

it("does for a HEAD nothing of what a GET does", async () => {
  const read = vi.fn(async () => ({ rows: [] }));
  const asked = new Request("http://ops.example.com/api/live/shell", { method: "HEAD" });
  expect((await liveRoute(read)(asked, context)).status).toBe(405);
  expect(read).not.toHaveBeenCalled();
});
