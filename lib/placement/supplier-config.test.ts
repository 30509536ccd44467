import { expect, it } from "vitest";
import { parseSupplierConfig } from "./supplier-config.ts";

it("takes any part of a configuration", () => {
  const whole = {
    settlingMs: 600_000,
    isExclusive: true,
    secondPersonAbove: "250.00",
    capabilities: { create_is_free: true, list_lag_ms: 0, list_order: null },
  };
  expect(parseSupplierConfig(whole)).toEqual(whole);
  expect(parseSupplierConfig({ secondPersonAbove: null })).toEqual({ secondPersonAbove: null });
  expect(parseSupplierConfig({ capabilities: {} })).toEqual({ capabilities: {} });
});

it("takes lines of a balance by currency, and fills in what is left out", () => {
  const balance = { USD: { lowAt: "50", criticalAt: "20" }, RUB: null };
  expect(parseSupplierConfig({ balance })).toEqual({
    balance: { USD: { lowAt: "50", okAt: "50", criticalAt: "20" }, RUB: null },
  });
  expect(parseSupplierConfig({ balance: null })).toEqual({ balance: null });
  for (const wrong of [
    { lowAt: "50" },
    { usd: { lowAt: "50" } },
    { USD: { lowAt: "50", okAt: "40" } },
    { USD: { lowAt: "50", criticalAt: "51" } },
    { USD: { lowAt: 50 } },
  ]) {
    expect(parseSupplierConfig({ balance: wrong })).toEqual([
      expect.stringMatching(/^balance has to be lines by currency such as /),
    ]);
  }
});

const settings =
  "There are: settlingMs, isExclusive, secondPersonAbove, balance, schedule, sweep, callsPerMinute, readsAtOnce, writesAtOnce, supportEmail, stalledAfterMs, rules, capabilities.";

it.each<[unknown, string]>([
  [null, `The configuration has to be an object. ${settings}`],
  [[], `The configuration has to be an object. ${settings}`],
  ["x", `The configuration has to be an object. ${settings}`],
  [{}, `Nothing is given to be set. ${settings}`],
  [{ settling: 1, exclusive: true }, `There is no setting settling, exclusive. ${settings}`],
  [
    { settlingMs: 999 },
    "settlingMs has to be a whole number of milliseconds from 1000 to 86400000.",
  ],
  [
    { settlingMs: "600000" },
    "settlingMs has to be a whole number of milliseconds from 1000 to 86400000.",
  ],
  [
    { settlingMs: null },
    "settlingMs has to be a whole number of milliseconds from 1000 to 86400000.",
  ],
  [{ isExclusive: "yes" }, "isExclusive has to be true or false."],
  [
    { secondPersonAbove: 250 },
    'secondPersonAbove has to be an amount as text such as "250.00", or null for never.',
  ],
  [
    { secondPersonAbove: "-1" },
    'secondPersonAbove has to be an amount as text such as "250.00", or null for never.',
  ],
  [
    { secondPersonAbove: "1e9" },
    'secondPersonAbove has to be an amount as text such as "250.00", or null for never.',
  ],
  [
    { schedule: { preset: "hourly" } },
    'schedule has to be an object such as {"preset": "learned"}; presets: backoff, steady, learned.',
  ],
  [
    { schedule: { preset: "steady", every: 1 } },
    'schedule has to be an object such as {"preset": "learned"}; presets: backoff, steady, learned.',
  ],
  [{ sweep: "on" }, "sweep has to be auto, off."],
  [{ callsPerMinute: 0 }, "callsPerMinute has to be a whole number from 6 to 100000."],
  [{ readsAtOnce: 1.5 }, "readsAtOnce has to be a whole number from 1 to 64."],
  [
    { stalledAfterMs: 5 },
    "stalledAfterMs has to be a whole number of milliseconds from 60000 to 86400000, or null for the usual.",
  ],
  [{ capabilities: null }, 'capabilities has to be an object such as {"create_is_free": true}.'],
  [
    { capabilities: { create_is_free: "yes" } },
    "capabilities.create_is_free has to be true or false, or null for unknown.",
  ],
  [
    { capabilities: { list_order: "newest" } },
    "capabilities.list_order has to be newest_first, oldest_first, unclear, or null for unknown.",
  ],
])("says what is wrong with %j", (input, problem) => {
  expect(parseSupplierConfig(input)).toEqual([problem]);
});

it("names the capabilities there are", () => {
  expect(parseSupplierConfig({ capabilities: { create_free: true } })).toEqual([
    expect.stringMatching(
      /^There is no capability create_free\. There are: create_is_free, .*landing_after_abort\.$/,
    ),
  ]);
});

it("says everything at once", () => {
  expect(
    parseSupplierConfig({ settlingMs: 1, isExclusive: 2, capabilities: { note_echoed: 3 } }),
  ).toHaveLength(3);
});
