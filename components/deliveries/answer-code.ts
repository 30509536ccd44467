import type { ChannelKind } from "#lib/deliveries/types.ts";

/** The number that a receiver answered with, by the name of what it speaks. */
export const answerCode = (channel: ChannelKind | undefined, status: number): string =>
  `${channel === "email" ? "SMTP" : "HTTP"} ${status}`;
