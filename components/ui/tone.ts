/**
 * What a colour means, everywhere: waiting (grey), moving (blue), done (green), look (amber: needs
 * a look), risk (red: failed, or money at risk), mock (violet). A tone never stands alone: a word
 * and an icon say the same.
 */
export type Tone = "waiting" | "moving" | "done" | "look" | "risk" | "mock";

/** For icons and dots, which need less contrast than text and may be livelier. */
export const toneSign: Record<Tone, string> = {
  waiting: "text-waiting-solid",
  moving: "text-moving-solid",
  done: "text-done-solid",
  look: "text-look-solid",
  risk: "text-risk-solid",
  mock: "text-mock-solid",
};

export const toneSoft: Record<Tone, string> = {
  waiting: "bg-waiting-soft text-waiting border-waiting-line",
  moving: "bg-moving-soft text-moving border-moving-line",
  done: "bg-done-soft text-done border-done-line",
  look: "bg-look-soft text-look border-look-line",
  risk: "bg-risk-soft text-risk border-risk-line",
  mock: "bg-mock-soft text-mock border-mock-line",
};
