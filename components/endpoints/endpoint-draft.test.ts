import { describe, expect, it } from "vitest";
import {
  draftOf,
  type EndpointDraft,
  emptyDraft,
  inputOf,
  placeOf,
  toChannel,
  withoutEchoes,
} from "#components/endpoints/endpoint-draft.ts";
import type { EndpointDetail } from "#lib/deliveries/endpoint-types.ts";

const PLAN = [5_000, 30_000];
const filled = (to: Partial<EndpointDraft>): EndpointDraft => ({
  ...emptyDraft(to.channel ?? "webhook", PLAN),
  name: "Shop",
  ...to,
});

describe("inputOf", () => {
  it("sends a webhook with its headers and the secret made for it", () => {
    const draft = filled({
      fields: { url: " https://shop.example.com " },
      signing: "whsec_x",
      headers: [
        { id: 0, name: "x-key", value: "s", isSecret: true, kept: false },
        { id: 1, name: "x-old", value: "", isSecret: true, kept: true },
      ],
    });
    expect(inputOf(draft)).toMatchObject({
      channel: "webhook",
      config: {
        url: "https://shop.example.com",
        headers: [
          { name: "x-key", isSecret: true },
          { name: "x-old", isSecret: true },
        ],
      },
      secrets: { headers: { "x-key": "s" }, signing: "whsec_x" },
      retryPlanMs: null,
      ratePerMinute: null,
      sendsAtOnce: 8,
    });
  });

  it("leaves out what is empty, and sends numbers as numbers", () => {
    const fields = {
      ...emptyDraft("email", PLAN).fields,
      host: "mail.example.com",
      to: "a@x.com, b@x.com",
    };
    const input = inputOf(filled({ channel: "email", fields }));
    expect(input).toMatchObject({
      config: { host: "mail.example.com", port: 465, security: "tls", to: ["a@x.com", "b@x.com"] },
      secrets: {},
    });
    expect(input).not.toHaveProperty("config.user");
    expect(
      inputOf(filled({ channel: "email", fields: { ...fields, port: "many" } })),
    ).toMatchObject({
      config: { port: "many" },
    });
  });

  it("reads waits as they are written", () => {
    expect(inputOf(filled({ hasOwnPlan: true, plan: "1 s, 1 min" }))).toMatchObject({
      retryPlanMs: [1_000, 60_000],
    });
    expect(inputOf(filled({ hasOwnPlan: true, plan: "soon" }))).toEqual([
      { path: "retryPlanMs", code: "plan" },
    ]);
  });

  it("says why codes leave only where they do", () => {
    expect(inputOf(filled({ codesReason: "x" }))).not.toHaveProperty("codesReason");
    expect(inputOf(filled({ payload: "codes", codesReason: " The contract " }))).toMatchObject({
      codesReason: "The contract",
    });
  });
});

describe("draftOf", () => {
  it("begins with what is set, and with no secret", () => {
    const endpoint = {
      channel: "webhook",
      name: "Shop",
      events: ["*"],
      includesMock: true,
      payload: "thin",
      retryPlanMs: [60_000],
      isOrdered: true,
      sendsAtOnce: 4,
      ratePerMinute: 60,
      settings: {
        config: {
          url: "https://shop.example.com",
          headers: [
            { name: "x-key", isSecret: true },
            { name: "x-tenant", isSecret: false },
          ],
        },
        headers: { "x-tenant": "7" },
        kept: ["x-key", "x-tenant"],
        signing: [],
      },
    } as unknown as EndpointDetail;
    const draft = draftOf(endpoint, [], PLAN);
    expect(draft).toMatchObject({
      fields: { url: "https://shop.example.com" },
      headers: [
        { name: "x-key", value: "", kept: true },
        { name: "x-tenant", value: "7", kept: false },
      ],
      signing: null,
      hasOwnPlan: true,
      plan: "1 min",
      ratePerMinute: "60",
    });
    expect(inputOf(draft)).toMatchObject({ secrets: { headers: { "x-tenant": "7" } } });
  });
});

describe("toChannel", () => {
  it("keeps what channels share", () => {
    const draft = toChannel(filled({ events: ["*"], fields: { url: "https://a.example" } }), "sqs");
    expect(draft).toMatchObject({ channel: "sqs", name: "Shop", events: ["*"] });
    expect(draft.fields).not.toHaveProperty("url");
  });
});

describe("placeOf", () => {
  it("finds a header's value by its name, and a list's field by its path", () => {
    const headers = [{ id: 3, name: " X-Key ", value: "", isSecret: true, kept: false }];
    const at = (path: string) => placeOf({ path, code: "x" }, headers);
    expect(at("secrets.headers.x-key")).toBe("config.headers.0.value");
    expect(at("config.to.2")).toBe("config.to");
    expect(at("config.port")).toBe("config.port");
  });
});

describe("withoutEchoes", () => {
  it("says of a header's name once that it can't be", () => {
    const name = { path: "config.headers.0.name", code: "header_reserved" };
    const echo = { path: "secrets.headers.host", code: "wrong" };
    const value = { path: "secrets.headers.x", code: "characters" };
    expect(withoutEchoes([name, echo, value])).toEqual([name, value]);
    expect(withoutEchoes([echo])).toEqual([echo]);
  });
});
