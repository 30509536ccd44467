/**
 * Messages begun in one turn of the event loop. Node takes one new connection a turn: in a burst over hundreds of
 * them, a turn that is full of work would keep the last sender waiting until all the others are done.
 */
const BEGUN_A_TURN = 2;

let waiting: (() => void)[] = [];

/** Resolves when it is this message's turn, in the order of the calls. */
export function takeTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(beginSome);
  });
}

function beginSome(): void {
  const begun = waiting.slice(0, BEGUN_A_TURN);
  waiting = waiting.slice(BEGUN_A_TURN);
  for (const begin of begun) begin();
  if (waiting.length > 0) setImmediate(beginSome);
}
