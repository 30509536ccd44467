import { ZodError } from "zod";
import { audienceOf, completeSecrets, type Kept, targetOf } from "./complete-secrets.ts";
import type { EndpointContext } from "./endpoint-context.ts";
import { type EndpointProblem, type EndpointWish, problemsOf, readWish } from "./endpoint-input.ts";
import type { ChannelConfig, ChannelSecrets } from "./endpoint-schema.ts";
import type { ChannelKind, PayloadStyle } from "./types.ts";
import { vetTargets } from "./vet-targets.ts";

/** An endpoint that could be saved, or tried. */
export type JudgedEndpoint = {
  wish: EndpointWish;
  config: ChannelConfig;
  secrets: ChannelSecrets;
  /** Others get to read what is sent, or by a less guarded way; or there was none before. */
  moved: boolean;
};

/**
 * Holds what somebody wishes against what an endpoint of this channel can be, its hosts too. Takes no lock: names
 * are looked up.
 */
export async function judgeEndpoint(
  ctx: EndpointContext,
  kind: ChannelKind,
  input: unknown,
  kept: (Kept & { payload: PayloadStyle }) | null,
): Promise<JudgedEndpoint | { problems: EndpointProblem[] }> {
  const wish = readWish(input);
  if (Array.isArray(wish)) {
    // All at once: nobody likes to be told of one thing after the other.
    return { problems: [...wish, ...settingsProblems(ctx, kind, input, kept)] };
  }
  const completed = completeSecrets(ctx, kind, wish.config, wish.secrets, kept);
  const parsed = parse(ctx, kind, wish.config, completed.secrets);
  if (Array.isArray(parsed)) return { problems: [...completed.problems, ...parsed] };
  const moved =
    kept === null ||
    targetOf(kind, parsed.config) !== targetOf(kind, kept.config) ||
    audienceOf(kind, parsed.config) !== audienceOf(kind, kept.config);
  const problems = [
    ...completed.problems,
    ...(moved ? await vetTargets(ctx, kind, parsed.config) : []),
    ...codesProblems(wish, moved, kept?.payload ?? null),
  ];
  return problems.length > 0 ? { problems } : { wish, ...parsed, moved };
}

/** What is wrong with the channel's settings where something else is wrong, too. */
function settingsProblems(
  ctx: EndpointContext,
  kind: ChannelKind,
  input: unknown,
  kept: Kept | null,
): EndpointProblem[] {
  const { config, secrets = {} } = (input ?? {}) as Record<string, unknown>;
  if (!isRecord(config) || !isRecord(secrets)) return [];
  const completed = completeSecrets(ctx, kind, config, secrets, kept);
  const parsed = parse(ctx, kind, config, completed.secrets);
  return [...completed.problems, ...(Array.isArray(parsed) ? parsed : [])];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parse(
  { channels }: EndpointContext,
  kind: ChannelKind,
  config: unknown,
  secrets: unknown,
): { config: ChannelConfig; secrets: ChannelSecrets } | EndpointProblem[] {
  try {
    return channels.of(kind).parse(config, secrets) as {
      config: ChannelConfig;
      secrets: ChannelSecrets;
    };
  } catch (error) {
    if (error instanceof ZodError) return problemsOf(error);
    throw error;
  }
}

/** Codes leave, or leave to somebody else, only where somebody says why. */
function codesProblems(
  { payload, codesReason }: EndpointWish,
  moved: boolean,
  before: PayloadStyle | null,
): EndpointProblem[] {
  if (!codesBegin(payload, before, moved)) return [];
  const length = codesReason?.trim().length ?? 0;
  return length >= 3 && length <= 500 ? [] : [{ path: "codesReason", code: "required" }];
}

/**
 * Whether codes, or links that open them, go somewhere that they didn't go before: whoever sees to that could have
 * them sent to himself, so that it takes the right to see them.
 */
export const leadsToCodes = (
  payload: PayloadStyle,
  before: PayloadStyle | null,
  moved: boolean,
): boolean => payload !== "thin" && (moved || (before !== payload && before !== "codes"));

export const codesBegin = (
  payload: PayloadStyle,
  before: PayloadStyle | null,
  moved: boolean,
): boolean => payload === "codes" && (before !== "codes" || moved);
