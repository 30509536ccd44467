/** What opened or became more lately, as `/api/live/alerts/news` tells it. */
export type AlertNews = {
  readAt: string;
  /** How many are open; counted up to a thousand. */
  open: number;
  /** Worst first, a few; some may have been told by the answer before. */
  alerts: {
    id: string;
    /** ISO: with the id it says which news it is. */
    newsAt: string;
    severity: "info" | "warning" | "critical";
    title: string;
    body: string;
  }[];
  /** To be told once nobody may ask any more: there is no one to put it into words then. */
  goodbye: { title: string; body: string };
};
