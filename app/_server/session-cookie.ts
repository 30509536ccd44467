/** A cookie of the console's at this address: on https no other host or path can set or see it. */
export function ownCookie<Name extends string>(ownUrl: string, name: Name) {
  const secure = ownUrl.startsWith("https://");
  return {
    name: secure ? (`__Host-${name}` as const) : name,
    options: { httpOnly: true, sameSite: "lax", path: "/", secure },
  } as const;
}

export const sessionCookie = (ownUrl: string) => ownCookie(ownUrl, "keyhold.session");
