const COUNTED = /^\(\d+\+?\) /;
const MOST = 99;

/** The title with a number in front, and without any at 0. */
export function titleWith(title: string, count: number): string {
  const plain = title.replace(COUNTED, "");
  return count > 0 ? `(${count > MOST ? `${MOST}+` : count}) ${plain}` : plain;
}

/** Keeps a number in front of the page's title, whatever page writes its own meanwhile. */
export function keepTitle(): { show: (count: number) => void; stop: () => void } {
  let count = 0;
  const write = () => {
    const title = titleWith(document.title, count);
    if (title !== document.title) document.title = title;
  };
  const observer = new MutationObserver(write);
  observer.observe(document.head, { childList: true, subtree: true, characterData: true });
  return {
    show: (to) => {
      count = to;
      write();
    },
    stop: () => {
      observer.disconnect();
      count = 0;
      write();
    },
  };
}
