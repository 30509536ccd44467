import { GeistSans } from "geist/font/sans";
import { NextIntlClientProvider } from "next-intl";
import { cookies } from "next/headers";
import "./globals.css";
export default async function RootLayout({ children }: { children: React.ReactNode }) {
  await cookies();
  return <html lang="en" className={GeistSans.variable}><body><NextIntlClientProvider>{children}</NextIntlClientProvider></body></html>;
}
