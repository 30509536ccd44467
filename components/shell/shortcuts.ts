/** One key and what it does. */
export type Shortcut = {
  /** As `keyOf` names it: `e`, `shift+a`, `ArrowDown`, `?`. Several keys may do the same. */
  keys: readonly string[];
  /** What it does, in the reader's words, for the list of keys. Null leaves it out there. */
  label: string | null;
  /** Under which heading it stands there. */
  group: string;
  /** Also while the key is held down: for moves, never for decisions. */
  repeats?: boolean;
  /** Null where it stands only in the list: something else listens for it. */
  run: (() => void) | null;
};

type KeyPress = Pick<KeyboardEvent, "key" | "code" | "shiftKey">;

/**
 * The name of what was pressed. Where the layout writes another script, the letter is the one that the
 * same place has on a Latin keyboard.
 */
export function keyOf({ key, code, shiftKey }: KeyPress): string {
  const latin = /^[\x20-\x7e]+$/.test(key);
  const letter = latin ? /^[a-z]$/i.exec(key)?.[0] : /^Key([A-Z])$/.exec(code)?.[1];
  if (!letter) return latin ? key : (/^Digit(\d)$/.exec(code)?.[1] ?? key);
  return `${shiftKey ? "shift+" : ""}${letter.toLowerCase()}`;
}

const registered = new Set<() => readonly Shortcut[]>();

/** All that work at present, in the order in which they were added. */
export const listShortcuts = (): Shortcut[] => [...registered].flatMap((list) => list());

/** Where keys are typed, or belong to what is open. */
const OWN_KEYS = "input, textarea, select, [contenteditable], dialog, [role=dialog], [role=menu]";
/** A ticked box wants no text: keys go on working after a click on one. */
const NO_TEXT = "input:is([type=checkbox], [type=button])";

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = event.target instanceof Element ? event.target : null;
  if (at?.closest(OWN_KEYS) && !(at.matches(NO_TEXT) && !at.closest("dialog, [role=dialog]"))) {
    return;
  }
  if (document.querySelector("dialog:modal")) return;
  const pressed = keyOf(event);
  const hit = listShortcuts().findLast(({ keys, run }) => run && keys.includes(pressed));
  if (!hit) return;
  event.preventDefault();
  if (event.repeat && !hit.repeats) return;
  hit.run?.();
}

/**
 * Adds shortcuts to those that work; the ones added last win.
 * @param list asked anew at each key, so that it is always about what is on the screen
 * @returns how to take them away
 */
export function addShortcuts(list: () => readonly Shortcut[]): () => void {
  if (registered.size === 0) document.addEventListener("keydown", onKey);
  registered.add(list);
  return () => {
    registered.delete(list);
    if (registered.size === 0) document.removeEventListener("keydown", onKey);
  };
}
