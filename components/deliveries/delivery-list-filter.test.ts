import { describe, expect, it } from "vitest";
import {
  deliveryFilterNames,
  deliveryQueryOf,
  isNarrowed,
  type RawDeliveryFilter,
  readDeliveryFilter,
  writeDeliveryFilter,
} from "#components/deliveries/delivery-list-filter.ts";

const id = "01998a3e-7c00-7000-8000-00000000000a";
const raw = (more: Partial<RawDeliveryFilter> = {}) =>
  ({
    ...Object.fromEntries(deliveryFilterNames.map((name) => [name, null])),
    ...more,
  }) as RawDeliveryFilter;

describe("the filter of deliveries in the address", () => {
  it("comes back as it was", () => {
    const filter = readDeliveryFilter(
      raw({
        state: "not_apply,failed",
        endpoint: id,
        type: "order.completed",
        since: "2026-11-21T20:00:00Z",
        mock: "without",
        search: "SHOP 7",
        after: id,
      }),
    );
    expect(readDeliveryFilter(writeDeliveryFilter(filter))).toEqual(filter);
    expect(deliveryQueryOf(filter)).toBe(
      `state=failed%2Cnot_apply&endpoint=${id}&type=order.completed&since=2026-11-21T20%3A00%3A00.000Z&mock=without&search=SHOP+7&after=${id}`,
    );
  });

  it("leaves junk out", () => {
    const junk = raw({
      state: "sent",
      attention: "yes",
      channel: "pigeon",
      endpoint: "../etc",
      type: "order.eaten",
      order: "1",
      alert: "2",
      reason: "<b>",
      since: "yesterday",
      until: "9999-01-01T00:00:00Z",
      mock: "both",
      search: " ",
      after: "x",
    });
    expect(deliveryQueryOf(readDeliveryFilter(junk))).toBe("");
    expect(isNarrowed(readDeliveryFilter(raw({ after: id })))).toBe(false);
    expect(isNarrowed(readDeliveryFilter(raw({ attention: "1" })))).toBe(true);
  });
});
