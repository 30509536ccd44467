/** What one run is made of. Follows from the seed alone; a shorter run of the same seed leaves things out. */
import { CRASH_POINTS } from "#lib/platform/crash-points.ts";
import { draw, drawBetween, drawOne, drawWeighted } from "./chance.ts";
import type { FaultRates } from "./faults.ts";
import { PROFILES, type ProfileName, profileOf } from "./profiles.ts";
import { type TraitsName, traitsOf } from "./traits.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** How the account works, and what Keyhold was told of it. */
export type AccountPlan = {
  chargesAtCreate: boolean;
  /** The capability `create_is_free` as it stands at the beginning; null: not known. */
  createIsFree: boolean | null;
  isExclusive: boolean;
  /** Where its traits say that a create under a known reference makes nothing new: whether that is so. */
  mindsReference: boolean;
  /** Q: how long after an unclear send its order may still land. */
  settlingMs: number;
  clockOffsetMs: number;
  sendsDate: boolean;
  /** Rows on a page of its list, however many are asked for; null: as many. */
  pageRows: number | null;
  /** What it holds, in dollars. */
  balance: string;
  /** "It was not placed" takes two people above this amount. */
  secondPersonAbove: string | null;
};

export type OrderPlan = {
  /** Names its draws; orders keep it when others are left out. */
  index: number;
  atMs: number;
  /** Orders with the same basket number ask for the same goods. */
  basket: number;
  lines: { slug: string; quantity: number }[];
  isMock: boolean;
  customerRef: string | null;
  /** How often the same form is posted, by another tab or after a lost answer. */
  posts: number;
};

export type ForeignPlan = { index: number; atMs: number; basket: number; isPaid: boolean };

/** From then to then nothing answers. */
export type Outage = { fromMs: number; toMs: number };

export type Plan = {
  seed: number;
  profile: ProfileName;
  traits: TraitsName;
  account: AccountPlan;
  workers: number;
  /** How far the processes' clocks may be off the database's, either way. */
  skewMs: number;
  /** Who decide what is left to a person. */
  people: number;
  /** Claims taken at once. */
  batch: number;
  orders: OrderPlan[];
  foreign: ForeignPlan[];
  rates: FaultRates;
  /** Calls that only read have faults too. */
  readsFail: boolean;
  supplierOut: Outage | null;
  databaseOut: Outage | null;
  /** How long the supplier waits for a payment. */
  paymentWindowMs: number;
  /** Nothing goes wrong any more after this. */
  faultsEndMs: number;
  /** Share of steps that wait a moment before they go on, and of those that wait for long. */
  slow: { often: number; rarely: number };
  /** A process dies here a great deal more often than elsewhere. */
  focus: (typeof CRASH_POINTS)[number];
  /** How open orders are looked at: each by itself, as Keyhold plans it, or by the list from the start. */
  looks: "single" | "planned" | "swept";
  /** What their products' orders take is known from the start. */
  isLearnt: boolean;
  breaks: "landing" | "list" | "capability" | null;
};

/** Products whose orders come to an end by themselves, and some that end otherwise. */
const GOODS = {
  "test-codes-as-objects": 6,
  "test-plain-codes": 3,
  "test-completes-at-once": 2,
  "test-code-pin-and-serial": 1,
  "test-service-without-codes": 1,
  "test-completes-slowly": 1,
  "test-fails": 1,
  "test-cancelled-after-payment": 1,
  "test-cancelled-before-payment": 1,
  "test-completes-with-an-item-error": 1,
  "test-delivers-fewer-codes": 1,
  "test-delivers-one-code-too-many": 1,
} as const;

/** The one thing that Keyhold is told wrongly; it finds out, and says so. */
const MISJUDGED: Partial<AccountPlan> = { chargesAtCreate: true, createIsFree: true };

const PROFILE_WEIGHTS = Object.fromEntries(
  Object.entries(PROFILES).map(([name, { weight }]) => [name, weight]),
) as Record<ProfileName, number>;

export type Wishes = {
  profile?: ProfileName;
  traits?: TraitsName;
  orders?: number;
  account?: Partial<AccountPlan>;
};

/** What is told by itself goes astray wherever anything does. */
const NEWS: FaultRates = {
  ...{ push_late: 0.3, push_doubled: 0.3, push_stale: 0.2, push_foreign: 0.1 },
  ...{ socket_down: 0.1, socket_mute: 0.3 },
};

/** Only where orders are searched for. */
const isOfSearch = (point: string): boolean => point.startsWith("search_");

/** The steps that a run with these traits may come to. */
export const pointsOf = (traits: TraitsName): (typeof CRASH_POINTS)[number][] =>
  CRASH_POINTS.filter((point) => traitsOf(traits).findsByReference === true || !isOfSearch(point));

export function planRun(seed: number, wishes: Wishes = {}): Plan {
  const { traits = "polled" } = wishes;
  const focus = drawOne(pointsOf(traits), seed, "focus");
  // People have something to decide where others use the account.
  const isAboutPeople = focus.startsWith("decision_");
  const drawn = isAboutPeople ? "foreign" : drawWeighted(PROFILE_WEIGHTS, seed, "profile");
  const profile = wishes.profile ?? drawn ?? "storm";
  const { rates: plain, breaks = null, foreign = false, ...rest } = profileOf(profile);
  const rates = traits === "polled" || profile === "calm" ? plain : { ...plain, ...NEWS };
  const { payStep, listsOrders = true } = traitsOf(traits);
  // Nobody believes that creating is free where it is paid with that.
  const atCreate: Partial<AccountPlan> =
    payStep === "none" ? { chargesAtCreate: true, createIsFree: null } : {};
  const { outages = false, paymentWindowMs = 15 * MINUTE } = rest;
  const databaseIsOut = draw(seed, "outage") < 0.4;
  const misjudged = breaks === "capability" ? MISJUDGED : {};
  const account = { ...planAccount(seed, foreign), ...misjudged, ...atCreate, ...wishes.account };
  const count = wishes.orders ?? drawBetween(1, 4, seed, "orders");
  const orders = Array.from({ length: count }, (_, index) => planOrder(seed, index));
  return {
    seed,
    profile,
    traits,
    account,
    workers: drawBetween(1, 3, seed, "workers"),
    skewMs: draw(seed, "skew") < 0.3 ? 2_000 : 0,
    people: isAboutPeople
      ? drawBetween(1, 2, seed, "people")
      : Number(drawWeighted({ "0": 5, "1": 3, "2": 2 }, seed, "people")),
    batch: drawBetween(1, 4, seed, "batch"),
    orders,
    foreign: foreign ? planForeign(seed, orders) : [],
    rates,
    readsFail: true,
    supplierOut: outages && !databaseIsOut ? planOutage(seed, 5 * MINUTE) : null,
    // A process holds an answer for a minute while the database is away.
    databaseOut: outages && databaseIsOut ? planOutage(seed, 50 * SECOND) : null,
    paymentWindowMs,
    faultsEndMs: drawBetween(2, 6, seed, "faults end") * MINUTE,
    slow: { often: draw(seed, "often") * 0.5, rarely: draw(seed, "rarely") * 0.02 },
    focus,
    looks: !listsOrders
      ? "single"
      : focus.startsWith("sweep_")
        ? "swept"
        : (drawWeighted({ single: 4, planned: 2, swept: 4 }, seed, "looks") ?? "single"),
    isLearnt: draw(seed, "learnt") < 0.5,
    breaks,
  };
}

function planOutage(seed: number, longestMs: number): Outage {
  const fromMs = drawBetween(0, 20 * SECOND, seed, "outage from");
  return { fromMs, toMs: fromMs + drawBetween(5 * SECOND, longestMs, seed, "outage to") };
}

function planAccount(seed: number, foreign: boolean): AccountPlan {
  const kind = drawWeighted(
    { free: 4, "free, not known": 2, charged: 2, "charged, not known": 3 },
    seed,
    "account",
  );
  const offsets = { exact: 4, ahead: 1, behind: 1, "a little off": 1 };
  const clock = drawWeighted(offsets, seed, "clock");
  return {
    chargesAtCreate: kind === "charged" || kind === "charged, not known",
    createIsFree: kind === "free" ? true : kind === "charged" ? false : null,
    mindsReference: true,
    isExclusive: !foreign && draw(seed, "exclusive") < 0.3,
    settlingMs: drawOne([MINUTE, MINUTE, 2 * MINUTE, 10 * MINUTE], seed, "settling"),
    clockOffsetMs:
      clock === "ahead"
        ? 10 * MINUTE
        : clock === "behind"
          ? -10 * MINUTE
          : clock === "a little off"
            ? drawBetween(-3_000, 3_000, seed, "offset")
            : 0,
    sendsDate: draw(seed, "date") < 0.7,
    balance: draw(seed, "poor") < 0.06 ? "5" : "1000000",
    pageRows: draw(seed, "short pages") < 0.3 ? drawBetween(2, 4, seed, "page rows") : null,
    secondPersonAbove: draw(seed, "second person") < 0.4 ? "1" : null,
  };
}

function planOrder(seed: number, index: number): OrderPlan {
  // Every other order asks for the same goods as the first, so that baskets meet.
  const basket = index > 0 && draw(seed, "twin", index) < 0.5 ? 0 : index;
  const lines = draw(seed, "lines", basket) < 0.15 ? 2 : 1;
  return {
    index,
    atMs: draw(seed, "at once", index) < 0.5 ? 0 : drawBetween(0, 30 * SECOND, seed, "at", index),
    basket,
    lines: Array.from({ length: lines }, (_, line) => ({
      slug: drawWeighted(GOODS, seed, "goods", basket, line) ?? "test-codes-as-objects",
      quantity: drawBetween(2, 3, seed, "quantity", basket, line),
    })),
    isMock: draw(seed, "mock", basket) < 0.1,
    customerRef: draw(seed, "reference", index) < 0.5 ? `customer-${index % 2}` : null,
    posts:
      drawWeighted({ "1": 6, "2": 3, "3": 1 }, seed, "posts", index) === "1"
        ? 1
        : drawBetween(2, 3, seed, "posts more", index),
  };
}

function planForeign(seed: number, orders: OrderPlan[]): ForeignPlan[] {
  return Array.from({ length: drawBetween(1, 2, seed, "foreign") }, (_, index) => ({
    index,
    atMs: drawBetween(0, 3 * MINUTE, seed, "foreign at", index),
    basket: drawOne(orders, seed, "foreign basket", index).basket,
    isPaid: draw(seed, "foreign paid", index) < 0.7,
  }));
}
