import type { FormState } from "./form-state.ts";

const NAME = "keyhold.new-order";

type Stored = {
  version: 1;
  userId: string;
  /** What the page was opened with: another product or earlier order is another form. */
  source: string;
  state: FormState;
};

/**
 * The form as it was in this tab: after a reload, after signing in again, in a duplicated tab. The
 * reference comes along, so that none of these makes a second order of the same intent.
 */
export function loadForm(userId: string, source: string): FormState | null {
  try {
    const stored = JSON.parse(window.sessionStorage.getItem(NAME) ?? "null") as Stored | null;
    if (stored?.version !== 1 || stored.userId !== userId || stored.source !== source) return null;
    return stored.state;
  } catch {
    return null;
  }
}

export function saveForm(userId: string, source: string, state: FormState): void {
  const { draft } = state;
  if (draft.lines.length === 0 && draft.customerRef === "") {
    forgetForm();
    return;
  }
  const stored: Stored = { version: 1, userId, source, state };
  try {
    window.sessionStorage.setItem(NAME, JSON.stringify(stored));
  } catch {
    // No storage, or it is full: the form works, it is only not found again.
  }
}

export function forgetForm(): void {
  try {
    window.sessionStorage.removeItem(NAME);
  } catch {
    // No storage: nothing to forget.
  }
}
