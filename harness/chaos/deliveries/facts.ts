/** What a run of deliveries came to: as Keyhold has it, and as the receivers saw it. Plain values. */
export type ToldEvent = { id: string; orderId: string | null; sequence: number | null };

export type TriedDelivery = {
  id: string;
  eventId: string;
  endpoint: string;
  state: string;
  reason: string | null;
  tries: number;
  attempts: { number: number; outcome: string | null; startedAt: Date }[];
};

/** One message as its receiver has it; without a time where it keeps none. */
export type Receipt = { id: string; at: Date | null; isTaken: boolean; isGenuine: boolean };

export type ToldEndpoint = {
  name: string;
  isOrdered: boolean;
  disabledAt: Date | null;
  /** By the database's clock. */
  pauses: { from: Date; until: Date }[];
};

export type DeliveryFacts = {
  events: ToldEvent[];
  endpoints: ToldEndpoint[];
  deliveries: TriedDelivery[];
  /** By endpoint, in the order of their coming. */
  received: ReadonlyMap<string, readonly Receipt[]>;
};
