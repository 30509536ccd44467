import type { QueryClient } from "@tanstack/react-query";
import { alarmSetting, isLoudEnough } from "#components/live/alarm-setting.ts";
import type { AlertNews } from "#components/live/alert-news.ts";
import { keepTitle } from "#components/live/page-title.ts";
import { ReadError, readJson } from "#components/live/read-json.ts";
import { ring } from "#components/live/ring.ts";

/** With sound or notifications on; */
const LOUD_EVERY_MS = 15_000;
/** and without: for the number in the title alone. */
const QUIET_EVERY_MS = 60_000;

/**
 * Counts open alerts into the page's title, and rings where this device is set to: in hidden tabs, too,
 * which otherwise ask for nothing.
 * @returns how to stop, and what to call when alerts are said to have changed
 */
export function watchAlerts(queries: QueryClient): { stop: () => void; look: () => void } {
  const title = keepTitle();
  let since: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  /** Signed out, or without the right. */
  let isShutOut = false;
  let goodbye: AlertNews["goodbye"] | null = null;
  let looking = false;
  /** Each alert's newest news that was told; a few. */
  let told = new Map<string, string>();

  const isLoud = () => alarmSetting().sound || alarmSetting().browser;
  // A tab that is seen has its number with the rest of the shell.
  const needsNews = () => isLoud() || document.hidden;
  const unsubscribe = queries.getQueryCache().subscribe(({ query }) => {
    if (query.queryKey[0] === "shell" && !document.hidden) title.show(countIn(query.state.data));
  });
  title.show(countIn(queries.getQueryData(["shell"])));

  async function look(): Promise<void> {
    if (looking || ended) return;
    if (!needsNews()) {
      // What opens meanwhile is seen on the screen, and isn't told of later.
      since = null;
      return;
    }
    looking = true;
    const { from } = alarmSetting();
    const query = since && isLoud() ? `?${new URLSearchParams({ since, from })}` : "";
    const news = await readJson<AlertNews>(`/api/live/alerts/news${query}`).catch((error) => {
      if (!ended && error instanceof ReadError && [401, 403].includes(error.status)) shutOut();
      return null;
    });
    looking = false;
    if (!news || ended) return;
    ({ goodbye } = news);
    isShutOut = false;
    since = news.readAt;
    title.show(news.open);
    tell(news.alerts.filter(({ id, newsAt }) => told.get(id) !== newsAt));
    told = new Map(news.alerts.map(({ id, newsAt }) => [id, newsAt]));
  }

  /**
   * Whoever relies on the bell hears that it is silent from now on, and again by it once he is signed in, in
   * whatever tab. For everybody else asking on would be noise.
   */
  function shutOut(): void {
    if (!isLoud()) ended = true;
    else if (!isShutOut && goodbye) alarm([{ id: "goodbye", href: "/login", ...goodbye }]);
    isShutOut = true;
  }

  async function goOn(): Promise<void> {
    await look();
    const isFast = isLoud() && !isShutOut;
    if (!ended) timer = setTimeout(goOn, isFast ? LOUD_EVERY_MS : QUIET_EVERY_MS);
  }

  void goOn();
  return {
    look: () => void look(),
    stop: () => {
      ended = true;
      clearTimeout(timer);
      unsubscribe();
      title.stop();
    },
  };
}

function countIn(shell: unknown): number {
  const { counts } = (shell ?? {}) as { counts?: { alerts?: number } };
  return counts?.alerts ?? 0;
}

function tell(alerts: AlertNews["alerts"]): void {
  const setting = alarmSetting();
  const loud = alerts.filter(({ severity }) => isLoudEnough(severity, setting));
  alarm(loud.map(({ id, title, body }) => ({ id, title, body, href: `/alerts/${id}` })));
}

type Alarm = { id: string; title: string; body: string; href: string };

function alarm(alarms: Alarm[]): void {
  if (alarms.length === 0) return;
  const setting = alarmSetting();
  if (setting.sound) void ring();
  if (!setting.browser) return;
  for (const { id, title, body, href } of alarms) {
    try {
      // Several tabs tell of one alert: the tag makes one notification of theirs.
      const shown = new Notification(title, { body, tag: id, icon: "/icon.svg" });
      shown.onclick = () => {
        window.focus();
        shown.close();
        window.location.assign(href);
      };
    } catch {
      // A phone's browser shows none from a page.
    }
  }
}
