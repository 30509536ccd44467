/** The session's cookie where the console has this address: on https no other host or path can set or see it. */
export function sessionCookie(ownUrl: string) {
  const secure = ownUrl.startsWith("https://");
  return {
    name: secure ? "__Host-keyhold.session" : "keyhold.session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure },
  } as const;
}
