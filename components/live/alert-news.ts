/** What opened lately, as `/api/live/alerts/news` tells it. */
export type AlertNews = {
  readAt: string;
  /** How many are open; counted up to a thousand. */
  open: number;
  /** Newest first, a few. */
  alerts: {
    id: string;
    severity: "info" | "warning" | "critical";
    title: string;
    body: string;
  }[];
};
