import { useTranslations } from "next-intl";
import { useEffect } from "react";

/** Asks before what was written is lost: by leaving the site, or by a link of its own. */
export function useLeaveGuard(isOn: boolean): void {
  const t = useTranslations("ui");
  const question = t("leave");
  useEffect(() => {
    if (!isOn) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    const askAtLink = (event: MouseEvent) => {
      if (!leadsAway(event) || window.confirm(question)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("beforeunload", ask);
    // Before the link itself hears of it.
    document.addEventListener("click", askAtLink, { capture: true });
    return () => {
      window.removeEventListener("beforeunload", ask);
      document.removeEventListener("click", askAtLink, { capture: true });
    };
  }, [isOn, question]);
}

/** A link to another page of ours, in this tab; of the others the browser asks, or the page stays. */
function leadsAway({ target, button, ctrlKey, metaKey, shiftKey, altKey }: MouseEvent): boolean {
  if (button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return false;
  const link = target instanceof Element ? target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.hasAttribute("download")) return false;
  const isHere = link.target === "" || link.target === "_self";
  const { origin, pathname } = window.location;
  return isHere && link.origin === origin && link.pathname !== pathname;
}
