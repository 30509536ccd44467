"use client";

import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { InviteDialog } from "#components/people/invite-dialog.tsx";
import { StandingBadge } from "#components/people/standing-badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RowLink, Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { PeopleView, PersonRow } from "#lib/access/people/types.ts";

/** Everybody who may come in, and what he is. */
export function PeopleRoom({ people }: { people: PeopleView }) {
  const t = useTranslations("people");
  const [inviting, setInviting] = useState(false);
  return (
    <>
      <PageHeader
        title={t("title")}
        action={
          <Button
            variant="primary"
            icon={<UserPlus aria-hidden />}
            onClick={() => setInviting(true)}
          >
            {t("list.invite")}
          </Button>
        }
      />
      <section aria-label={t("list.label")} className="border-t border-line">
        <Table label={t("list.label")}>
          <THead>
            <TH grow>{t("list.name")}</TH>
            <TH>{t("list.role")}</TH>
            <TH>{t("list.standing")}</TH>
            <TH from="lg">{t("list.secondFactor")}</TH>
            <TH from="lg">{t("list.lastIn")}</TH>
          </THead>
          <TBody>
            {people.rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </TBody>
        </Table>
      </section>
      {inviting && (
        <InviteDialog
          roles={people.roles}
          grantable={people.grantable}
          onClose={() => setInviting(false)}
        />
      )}
    </>
  );
}

function Row({ row }: { row: PersonRow }) {
  const t = useTranslations("people.list");
  const roleName = useTranslations("common.role");
  return (
    <TR link>
      <TD grow phone="title">
        <span className="grid min-w-0 md:flex md:items-baseline md:gap-2.5">
          <RowLink href={`/settings/people/${row.id}`} className="truncate font-medium">
            {row.name}
            {row.isYou && <span className="text-ink-2"> {t("you")}</span>}
          </RowLink>
          <span className="truncate text-xs text-ink-2">{row.email}</span>
        </span>
      </TD>
      <TD phone="meta">{roleName(row.role)}</TD>
      <TD phone="side">
        <StandingBadge standing={row.standing} />
      </TD>
      <TD from="lg">{t(row.hasSecondFactor ? "hasFactor" : "noFactor")}</TD>
      <TD from="lg">
        {row.lastSignedInAt ? (
          <RelativeTime at={row.lastSignedInAt} focusable={false} />
        ) : (
          <span className="text-ink-3">{t("never")}</span>
        )}
      </TD>
    </TR>
  );
}
