import { z } from "zod";
import { ALL_EVENT_TYPES } from "#lib/events/types.ts";
import { instantText } from "#lib/platform/instant-text.ts";
import { searchText } from "#lib/platform/search-text.ts";
import { DELIVERY_STATES } from "./lifecycle.ts";
import { CHANNELS } from "./types.ts";

/** Comma-separated; junk is dropped, and nothing but junk is none: any. */
const someOf = <Value extends string>(known: readonly Value[]) =>
  z.string().transform((text): Value[] | undefined => {
    const wanted = text.split(",");
    const found = known.filter((value) => wanted.includes(value));
    return found.length > 0 ? found : undefined;
  });

/** The list's filters as they stand in the URL, and what a job is about; junk is dropped, never an error. */
const schema = z.object({
  state: someOf(DELIVERY_STATES).optional().catch(undefined),
  channel: someOf(CHANNELS).optional().catch(undefined),
  endpoint: z.uuid().optional().catch(undefined),
  type: someOf(ALL_EVENT_TYPES).optional().catch(undefined),
  order: z.uuid().optional().catch(undefined),
  /** Of the orders that an alert tells of. */
  alert: z.uuid().optional().catch(undefined),
  /** The whole id of a delivery, event or order, or the supplier's of an order. */
  search: searchText(200).optional().catch(undefined),
  /** Why it failed, or doesn't apply. */
  reason: z
    .string()
    .regex(/^[a-z_]{1,40}$/)
    .optional()
    .catch(undefined),
  /** Of events at or after this instant, ISO. */
  since: instantText.optional().catch(undefined),
  /** Of events before this instant, ISO. */
  until: instantText.optional().catch(undefined),
  mock: z.enum(["only", "without"]).optional().catch(undefined),
  /** Only what a person should see; see `attention-policy.ts`. */
  attention: z.literal("1").optional().catch(undefined),
  /** Where the page before ended. */
  after: z.uuid().optional().catch(undefined),
});

export type DeliveryFilter = z.infer<typeof schema>;

export const parseDeliveryFilter = (
  params: URLSearchParams | Record<string, string | undefined>,
): DeliveryFilter =>
  schema.parse(params instanceof URLSearchParams ? Object.fromEntries(params) : params);
