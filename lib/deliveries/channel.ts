/** What every channel does; each stands in `channels/`. */
import type { ChannelKind, ErrorKind } from "./types.ts";

/** An endpoint as its channel sees it: parsed, and its secrets open. Never logged, never stored. */
export type OpenEndpoint<Config = unknown, Secrets = unknown> = {
  id: string;
  name: string;
  /** Changes with every edit: connections made for an older one are not used again. */
  version: string;
  config: Config;
  secrets: Secrets;
};

/** What is to be told. `body` is the very text that is sent, and signed. */
export type Message = {
  /** The event's: the same at every try and in every channel. */
  id: string;
  type: string;
  at: Date;
  /** `{id, type, version, timestamp, data}` as JSON. */
  body: string;
  /** The same, parsed, for channels that write sentences. */
  payload: {
    id: string;
    type: string;
    version: number;
    timestamp: string;
    data: Record<string, unknown>;
  };
  /** Of the console's page about it, for buttons; null where there is none. */
  consoleUrl: string | null;
  /** Of the delivery, where somebody wishes that the event is told once more; null where it is told for the first time. */
  resendId: string | null;
  /** To order messages by, where the channel has groups (an SQS FIFO queue): the order, or the subject. */
  group: string;
};

/** What was sent, as it may be shown: no secret, no code, no claim link. */
export type SentRequest = { to: string; headers: Record<string, string>; body: string };

export type SendOutcome =
  | { kind: "accepted"; status: number | null; answer: string }
  | {
      kind: "refused" | "failed";
      errorKind: ErrorKind;
      status: number | null;
      /** The answer's beginning, or the error in words; of a refused host, only our own words. */
      answer: string;
      /** How long it asked to be left alone. */
      waitMs?: number;
    };

/** How far earlier tries of the same message got, in the channel's own words, and where to note how far this one does. */
export type SoFar = {
  /** As it was noted last; null where nothing was. */
  sent: string | null;
  /** At most 200 characters, and no secret or code; never rejects. */
  note(progress: string): Promise<void>;
};

export type Channel<Config = unknown, Secrets = unknown> = {
  kind: ChannelKind;
  /** Throws a ZodError for what can't be an endpoint of this channel, with the field's path. */
  parse(config: unknown, secrets: unknown): { config: Config; secrets: Secrets };
  /** In a list: where it leads, without secrets. */
  describe(config: Config): string;
  /**
   * One try; resolves within `signal`'s time, never rejects for what the other side did. A message that goes out
   * in several parts goes on where an earlier try ended.
   */
  send(
    endpoint: OpenEndpoint<Config, Secrets>,
    message: Message,
    signal: AbortSignal,
    soFar?: SoFar,
  ): Promise<SendOutcome>;
  /** What `send` sends, as it may be shown. */
  show(endpoint: OpenEndpoint<Config, Secrets>, message: Message): SentRequest;
  /** Closes what is kept open for endpoints; all of them where none is named. */
  close(endpointId?: string): Promise<void>;
};
