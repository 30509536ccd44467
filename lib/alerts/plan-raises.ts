/** Where signals that no alert tells of belong. Pure: the numbers stand in `alert-policy.ts`. */
import {
  ALERT_KINDS,
  type AlertKind,
  GROUP_FROM,
  GROUP_WITHIN_MS,
  JOIN_QUIET_MS,
  OUTAGES,
  SYMPTOMS,
} from "./alert-policy.ts";
import { type AlertData, type AlertSeverity, type AlertState, SEVERITIES } from "./types.ts";

/** A signal that stands, and no alert tells of it yet. */
export type UntoldSignal = {
  id: string;
  source: "order" | "system";
  kind: AlertKind;
  subject: string;
  orderId: string | null;
  supplierId: string | null;
  isMock: boolean;
  openedAt: Date;
  data: AlertData;
};

/** An alert that may have to do with them: unresolved, or resolved so lately that it may come back. */
export type KnownAlert = {
  id: string;
  kind: AlertKind;
  subject: string;
  isGroup: boolean;
  severity: AlertSeverity;
  state: AlertState;
  supplierId: string | null;
  isMock: boolean;
  openedAt: Date;
  /** Its newest signal. */
  lastAt: Date;
  standing: number;
  /** Signals that stood when somebody was told last; null where nobody was. */
  toldStanding: number | null;
  /** It has been told of, and by its policy nobody hears of it any more, or not before long. */
  isToldOut: boolean;
  snoozedSeverity: AlertSeverity | null;
  /** Signals in all, and how many there were when somebody acknowledged or snoozed it; null where nobody has. */
  occurrences: number;
  seenOccurrences: number | null;
  /** Of an outage: that itself stands, not only what came of it. */
  isOutage: boolean;
  /** Nobody has done anything about it. */
  isUntouched: boolean;
};

export type NewAlert = Pick<
  KnownAlert,
  "kind" | "subject" | "isGroup" | "supplierId" | "isMock"
> & {
  orderId: string | null;
  severity: AlertSeverity;
};

/** Signals that belong to one alert, and the alerts that it takes in with theirs. */
export type Raise = {
  /** `open`: there is no such alert yet. */
  how: "open" | "join" | "reopen";
  alert: NewAlert | KnownAlert;
  signals: UntoldSignal[];
  folded: KnownAlert[];
};

export const severityOf = (kind: AlertKind, isMock: boolean): AlertSeverity =>
  isMock ? "info" : ALERT_KINDS[kind].severity;

export const isWorse = (one: AlertSeverity, than: AlertSeverity): boolean =>
  SEVERITIES.indexOf(one) > SEVERITIES.indexOf(than);

/**
 * A snoozed alert to which anything has come since somebody put it aside, whatever of it is over by now, or that is
 * more severe; an acknowledged one that is more severe, has become twice as much, or has happened once more (`isAgain`).
 */
export function hasGotWorse(
  {
    state,
    ...alert
  }: Pick<KnownAlert, "state" | "severity" | "snoozedSeverity" | "seenOccurrences">,
  now: { severity: AlertSeverity; occurrences: number; isAgain: boolean },
): boolean {
  const seen = alert.seenOccurrences;
  if (state === "acknowledged") {
    const isMany = seen !== null && now.occurrences >= Math.max(2 * seen, seen + GROUP_FROM);
    return isMany || now.isAgain || isWorse(now.severity, alert.severity);
  }
  if (state !== "snoozed") return false;
  if (seen !== null && now.occurrences > seen) return true;
  return isWorse(now.severity, alert.snoozedSeverity ?? "info");
}

/** The very thing that the alert is about has happened once more, rather than something beside it. */
export const isAgain = (
  { kind, subject, isGroup }: Pick<KnownAlert, "kind" | "subject" | "isGroup">,
  signals: readonly Pick<UntoldSignal, "kind" | "subject">[],
): boolean =>
  !isGroup && signals.some((signal) => signal.kind === kind && signal.subject === subject);

/**
 * Whether somebody is to be told again of an open alert that more has come to: after a quiet, or when it is twice
 * what was told, or when the very thing happens once more. An escalation that still runs goes on instead, or what comes often would keep it at its beginning.
 */
export const isNewsAgain = (
  { state, isToldOut, lastAt, toldStanding }: KnownAlert,
  { standing, isAgain }: { standing: number; isAgain: boolean },
  now: Date,
): boolean =>
  state === "open" &&
  isToldOut &&
  (isAgain ||
    now.getTime() - lastAt.getTime() > JOIN_QUIET_MS ||
    (toldStanding !== null && standing >= 2 * Math.max(1, toldStanding)));

/** Mock orders never share a row with real ones. */
export const groupSubject = (supplierId: string, isMock: boolean): string =>
  isMock ? `mock ${supplierId}` : supplierId;

/**
 * Plans which alert tells of which signal: the unresolved one of the same thing, that of the account's outage,
 * the group of its kind, a group to be made of many, the one that told of it not long ago, or a new one.
 */
export function planRaises(
  signals: readonly UntoldSignal[],
  known: readonly KnownAlert[],
  now: Date,
): Raise[] {
  const raises = new Map<string, Raise>();
  const unresolved = new Map<string, KnownAlert>();
  const past = new Map<string, KnownAlert>();
  const outages = new Map<string, KnownAlert | NewAlert>();
  for (const alert of known) {
    (alert.state === "resolved" ? past : unresolved).set(keyOf(alert), alert);
    if (alert.state !== "resolved" && alert.isOutage && alert.supplierId) {
      outages.set(alert.supplierId, alert);
    }
  }

  const put = (how: Raise["how"], alert: Raise["alert"], signal: UntoldSignal): void => {
    const key = keyOf(alert);
    const raise = raises.get(key) ?? { how, alert, signals: [], folded: [] };
    raise.signals.push(signal);
    raises.set(key, raise);
  };
  const putAlone = (signal: UntoldSignal): void => {
    const alone = aloneOf(signal);
    const before = past.get(keyOf(alone));
    put(before ? "reopen" : "open", before ?? alone, signal);
    if (isOutageKind(signal.kind) && signal.supplierId && !signal.isMock) {
      outages.set(signal.supplierId, before ?? alone);
    }
  };

  const rest = new Map<string, UntoldSignal[]>();
  for (const signal of outagesFirst(signals)) {
    const same = unresolved.get(keyOf(aloneOf(signal)));
    if (same) {
      put("join", same, signal);
      if (isOutageKind(signal.kind) && same.supplierId) outages.set(same.supplierId, same);
      continue;
    }
    const group = groupOf(signal);
    if (!group) {
      putAlone(signal);
      continue;
    }
    const outage = isSymptom(signal) ? outages.get(group.supplierId) : undefined;
    const there = outage ?? unresolved.get(keyOf(group));
    if (there) put("join", there, signal);
    else rest.set(keyOf(group), [...(rest.get(keyOf(group)) ?? []), signal]);
  }

  const singles = singlesByGroup(known, now);
  for (const [key, alike] of rest) {
    const [first] = alike;
    const group = first && groupOf(first);
    const isMany = alike.length + (singles.get(key)?.length ?? 0) >= GROUP_FROM;
    for (const signal of alike) {
      if (group && isMany) put("open", group, signal);
      else putAlone(signal);
    }
  }

  const taken = new Set(raises.keys());
  for (const raise of raises.values()) {
    raise.folded = foldedInto(raise, known, singles, now).filter((one) => !taken.has(keyOf(one)));
    for (const one of raise.folded) taken.add(keyOf(one));
  }
  return [...raises.values()];
}

const keyOf = ({ kind, subject, isGroup }: Pick<KnownAlert, "kind" | "subject" | "isGroup">) =>
  `${kind} ${isGroup} ${subject}`;

const isOutageKind = (kind: AlertKind): boolean => (OUTAGES as readonly AlertKind[]).includes(kind);

/** What an outage may have brought about; the rest has to be seen by itself, and needs something else done. */
const isSymptom = ({ kind, isMock }: Pick<KnownAlert, "kind" | "isMock">): boolean =>
  !isMock && (SYMPTOMS as readonly AlertKind[]).includes(kind);

/** So that what an outage brings about at the same moment finds it. */
const outagesFirst = (signals: readonly UntoldSignal[]): UntoldSignal[] => [
  ...signals.filter(({ kind }) => isOutageKind(kind)),
  ...signals.filter(({ kind }) => !isOutageKind(kind)),
];

const aloneOf = ({ kind, subject, supplierId, orderId, isMock }: UntoldSignal): NewAlert => ({
  ...{ kind, subject, isGroup: false, supplierId, orderId, isMock },
  severity: severityOf(kind, isMock),
});

/** The row that it shares with others of its kind and account; null where its kind stands alone. */
function groupOf({ kind, supplierId, isMock }: UntoldSignal) {
  if (!ALERT_KINDS[kind].groups || supplierId === null) return null;
  const subject = groupSubject(supplierId, isMock);
  const severity = severityOf(kind, isMock);
  return { kind, subject, isGroup: true, supplierId, orderId: null, isMock, severity };
}

const mayBeFolded = (alert: KnownAlert, since: number): boolean =>
  alert.state === "open" &&
  alert.isUntouched &&
  ALERT_KINDS[alert.kind].groups &&
  alert.openedAt.getTime() >= since;

/** Young alerts about one order that nobody has touched, by the group that they would be part of. */
function singlesByGroup(known: readonly KnownAlert[], now: Date): Map<string, KnownAlert[]> {
  const since = now.getTime() - GROUP_WITHIN_MS;
  const singles = new Map<string, KnownAlert[]>();
  for (const alert of known) {
    if (alert.isGroup || alert.supplierId === null || !mayBeFolded(alert, since)) continue;
    const subject = groupSubject(alert.supplierId, alert.isMock);
    const key = keyOf({ kind: alert.kind, subject, isGroup: true });
    singles.set(key, [...(singles.get(key) ?? []), alert]);
  }
  return singles;
}

function foldedInto(
  { alert, signals }: Raise,
  known: readonly KnownAlert[],
  singles: ReadonlyMap<string, KnownAlert[]>,
  now: Date,
): KnownAlert[] {
  if (alert.isGroup) return singles.get(keyOf(alert)) ?? [];
  // An outage takes in what went wrong shortly before anybody knew of it.
  if (!signals.some(({ kind }) => kind === alert.kind && isOutageKind(kind))) return [];
  const since = now.getTime() - GROUP_WITHIN_MS;
  return known.filter(
    (one) => isSymptom(one) && one.supplierId === alert.supplierId && mayBeFolded(one, since),
  );
}
