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
      // Signed out, or without the right: asking on would be noise.
      if (error instanceof ReadError && error.status < 500) ended = true;
      return null;
    });
    looking = false;
    if (!news || ended) return;
    since = news.readAt;
    title.show(news.open);
    tell(news.alerts.filter(({ id, newsAt }) => told.get(id) !== newsAt));
    told = new Map(news.alerts.map(({ id, newsAt }) => [id, newsAt]));
  }

  async function goOn(): Promise<void> {
    await look();
    if (!ended) timer = setTimeout(goOn, isLoud() ? LOUD_EVERY_MS : QUIET_EVERY_MS);
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
  const [first] = loud;
  if (!first) return;
  if (setting.sound) void ring();
  if (!setting.browser) return;
  for (const { id, title, body } of loud) {
    try {
      // Several tabs tell of one alert: the tag makes one notification of theirs.
      const shown = new Notification(title, { body, tag: id, icon: "/icon.svg" });
      shown.onclick = () => {
        window.focus();
        shown.close();
        window.location.assign(`/alerts/${id}`);
      };
    } catch {
      // A phone's browser shows none from a page.
    }
  }
}
