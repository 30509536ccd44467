import { getFormatter, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { readGranters } from "#lib/access/people/read-people.ts";
import { allows, grantFor, type Permission } from "#lib/access/permissions.ts";
import { currentActor } from "./current-actor.ts";
import { runtime } from "./runtime.ts";

/** In place of a page: what the reader would have to be allowed, and who could allow it, by name. */
export async function MissingRight({
  permission,
  title,
  children,
}: {
  permission: Permission;
  title?: ReactNode;
  /** What else the page has to say of it. */
  children?: ReactNode;
}) {
  const t = await getTranslations("rights");
  const format = await getFormatter();
  const actor = await currentActor();
  // A role that has the right, without the grant that has to come to it.
  const lacksGrant = actor !== null && allows(actor.role, permission);
  const names = await readGranters(await runtime(), lacksGrant ? grantFor(permission) : null);
  return (
    <NoRightState
      heading={1}
      {...(title !== undefined && { title })}
      whoGrants={
        names.length > 0
          ? t("who", { names: format.list(names, { type: "disjunction" }) })
          : t("whoAny")
      }
    >
      <p>
        {t(lacksGrant ? "lacksGrant" : "lacks", {
          right: t(`right.${permission.replace(".", "_") as PermissionKey}`),
        })}
      </p>
      {children && <p>{children}</p>}
    </NoRightState>
  );
}

/** A dot means something else in the names of messages. */
type PermissionKey<P = Permission> = P extends `${infer Room}.${infer Act}`
  ? `${Room}_${Act}`
  : never;
