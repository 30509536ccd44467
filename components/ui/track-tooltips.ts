import { placeTooltip } from "#components/ui/tooltip-place.ts";

/** Long enough not to flicker under a passing pointer. */
const openDelayMs = 350;
/** Time to move the pointer from the target on to the tooltip (WCAG 1.4.13: hoverable). */
const closeDelayMs = 120;
/** Right after one tooltip the next opens at once: the reader is looking for them. */
const warmMs = 400;

/** Shows the text of the hovered or focused `data-tip` element. Returns its undoing. */
export function trackTooltips(): () => void {
  const tip = makeTip();
  const stop = new AbortController();
  const on = { signal: stop.signal, passive: true } as const;
  let target: HTMLElement | null = null;
  let closedAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const show = (element: HTMLElement) => {
    const text = element.dataset.tip;
    if (!text || !element.isConnected) return;
    if (target !== element) release();
    target = element;
    tip.textContent = text;
    // Beside what it speaks of: within its landmark, and within a modal dialog, outside of which
    // everything is inert.
    const home = element.closest("dialog, main, header, nav, footer") ?? document.body;
    if (tip.parentElement !== home) home.append(tip);
    tip.showPopover?.();
    const { left, top } = placeTooltip(
      element.getBoundingClientRect(),
      { width: tip.offsetWidth, height: tip.offsetHeight },
      { width: document.documentElement.clientWidth, height: window.innerHeight },
    );
    tip.style.left = `${left}px`;
    tip.style.top = `${top}px`;
    // A label that already says the same needn't be read twice.
    const said = element.getAttribute("aria-label") ?? element.textContent;
    if (said !== text && !element.hasAttribute("aria-describedby")) {
      element.setAttribute("aria-describedby", tip.id);
    }
  };
  const release = () => {
    if (target?.getAttribute("aria-describedby") === tip.id) {
      target.removeAttribute("aria-describedby");
    }
    target = null;
  };
  const hide = () => {
    clearTimeout(timer);
    if (!target) return;
    release();
    closedAt = performance.now();
    tip.hidePopover?.();
  };
  const soon = (work: () => void, delay: number) => {
    clearTimeout(timer);
    timer = setTimeout(work, delay);
  };

  document.addEventListener(
    "pointerover",
    ({ target: over, pointerType }) => {
      if (pointerType === "touch" || !(over instanceof Element)) return;
      if (tip.contains(over)) return clearTimeout(timer);
      const element = over.closest<HTMLElement>("[data-tip]");
      if (element === target && element) return clearTimeout(timer);
      if (!element) return target ? soon(hide, closeDelayMs) : clearTimeout(timer);
      const warm = target !== null || performance.now() - closedAt < warmMs;
      soon(() => show(element), warm ? 0 : openDelayMs);
    },
    on,
  );
  document.addEventListener(
    "focusin",
    ({ target: focused }) => {
      if (!(focused instanceof HTMLElement) || !focused.dataset.tip) return;
      // A tap focuses too; on things that are no buttons it is the only way to ask.
      const asked = focused.matches(":focus-visible") || focused.matches(":not(button, a, input)");
      if (asked) show(focused);
    },
    on,
  );
  document.addEventListener("focusout", hide, on);
  document.addEventListener("scroll", hide, { ...on, capture: true });
  document.addEventListener("pointerdown", hide, { ...on, capture: true });
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !target) return;
      // This Escape was for the tooltip; a dialog behind it stays.
      event.stopPropagation();
      event.preventDefault();
      hide();
    },
    { signal: stop.signal, capture: true },
  );
  return () => {
    hide();
    stop.abort();
    tip.remove();
  };
}

/** Made by hand rather than by React, so that it may move about the document. */
function makeTip(): HTMLElement {
  const tip = document.createElement("div");
  tip.id = "tooltip";
  tip.setAttribute("role", "tooltip");
  tip.setAttribute("popover", "manual");
  tip.className =
    "fixed inset-auto m-0 max-w-72 rounded-md border border-line-strong bg-raised px-2 py-1 text-start text-xs font-normal text-ink shadow-overlay wrap-anywhere whitespace-pre-line not-popover-open:hidden motion-safe:animate-appear";
  return tip;
}
