import { z } from "zod";

/** An instant from a URL, of a year that PostgreSQL and a time-ordered id both know. */
export const instantText = z.iso
  .datetime({ offset: true })
  .refine((text) => Date.parse(text) > 0 && Date.parse(text) < Date.UTC(3000, 0));
