import { getRequestConfig } from "next-intl/server";
export default getRequestConfig(async () => ({ locale: "hi", timeZone: "UTC", messages: { ui: (await import("./messages/hi/ui.json")).default } }));
