import type { AccountView } from "#components/supplier-settings/account-view.ts";

export const AT = "2026-11-22T09:00:00.000Z";

/** An account as its page gets it: well, polled and pushed, with a key and a webhook secret. */
export const accountFixture = (facts: Partial<AccountView> = {}): AccountView => ({
  ...{ id: "019a0000-0000-7000-8000-000000000001", slug: "game-keys", name: "Game keys" },
  ...{ kind: "signed_webhook", target: "https://api.example.com", currency: "USD", revision: 3 },
  budget: {
    ...{ supplierId: "019a0000-0000-7000-8000-000000000001", slug: "game-keys", name: "Game keys" },
    ...{ callsPerMinute: 100, rate: 100, readsAtOnce: 8, writesAtOnce: 2 },
    tokens: { purchase: 1, reconcile: 1, poll: 1, refresh: 1, spare: 1 },
    ...{ blockedUntil: null, breaker: "closed", openUntil: null, failures: 0, slowedAt: null },
    ...{ lastOkAt: AT, lastErrorAt: null, lastError: null },
    calls: [
      { what: "look", outcome: "accepted", lastMinute: 12, lastHour: 300, usefulLastHour: 9 },
    ],
  },
  ...{ orderingPaused: null, pollingPaused: null, notConnected: null, push: "full", socket: null },
  ...{ openOrders: 4, inboxTroubled: 0 },
  config: { baseUrl: "https://api.example.com", currency: "USD" },
  traits: {
    ...{ payStep: "none", duplicateGuard: "reference", findsByReference: true, readsOrders: true },
    ...{ listsOrders: false, codes: "inline", partial: true, testMode: "flag", balance: "single" },
    ...{ priceGuard: false, catalog: true, inputFields: false, cancels: false, push: "full" },
    socket: false,
  },
  secrets: [
    {
      ...{ name: "apiKey", proves: "us", isRequired: true, isGenerated: false },
      isFromEnvironment: false,
      current: { lastFour: "9f3a", createdAt: AT, createdBy: "Asha" },
      replaced: [],
    },
    {
      ...{ name: "webhookSecret", proves: "them", isRequired: false, isGenerated: true },
      isFromEnvironment: false,
      current: { lastFour: "77Qx", createdAt: AT, createdBy: "Asha" },
      replaced: [{ lastFour: "1b2c", endsAt: "2026-11-23T09:00:00.000Z" }],
    },
  ],
  times: {
    ...{ latencyP50: 180, latencyP95: 640, calls: 312, failed: 3 },
    ...{ completionP50: 4_200, completionP90: 19_000, completionP95: 61_000, completed: 88 },
  },
  inbound: {
    path: "/api/webhooks/game-keys",
    ...{ isOpen: true, lastAt: AT, taken: 41, troubled: 1 },
  },
  webhookUrl: "https://ops.example.com/api/webhooks/game-keys",
  answers: [
    { orderId: "019a0000-0000-7000-8000-00000000000a", at: AT, word: "done", answer: { id: "7" } },
  ],
  treatment: {
    ...{ slug: "game-keys", name: "Game keys", mode: "create_may_charge", settlingMs: 600_000 },
    ...{ isExclusive: false, secondPersonAbove: null, supportEmail: null, clockOffsetMs: null },
    balance: [{ currency: "USD", lowAt: "50", okAt: "60", criticalAt: null }],
    ...{ auditedAt: null, budget: null },
    polling: {
      schedule: { preset: "learned", threshold: 0.3 },
      ...{ sweep: "auto", stalledAfterMs: null },
    },
    rules: {
      ...{ slowFactor: 1, paymentExpiringMs: 300_000, balanceStaleMs: 600_000 },
      ...{ catalogOutdatedMs: 7_200_000, slowAnswerMs: 5_000 },
    },
    capabilities: [
      { name: "create_is_free", value: false, from: "probe", at: AT },
      { name: "list_lag_ms", value: 900, from: "answers", at: AT },
      { name: "unheard_of", value: "x", from: "elsewhere", at: AT },
    ],
  },
  ...{ createdAt: AT, may: { manage: true }, readAt: AT },
  ...facts,
});
