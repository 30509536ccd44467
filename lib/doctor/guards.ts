/**
 * SQL that finds a guard of the schema missing. An invariant that the database itself holds is only
 * as good as its index or trigger, and those can be dropped or switched off.
 */

/** Unique indexes that have to be there, whole. */
export const missingKeys = (...names: string[]): string => `
  select name as subject, 'the unique key that holds this is missing or not valid' as detail
  from unnest(array[${names.map(quoted).join(", ")}]) as wanted (name)
  where not exists (
    select 1 from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relname = wanted.name and c.relnamespace = current_schema()::regnamespace
      and i.indisunique and i.indisvalid)`;

/** Triggers that have to be there, switched on. */
export const missingTriggers = (...names: string[]): string => `
  select name as subject, 'the trigger that holds this is missing or switched off' as detail
  from unnest(array[${names.map(quoted).join(", ")}]) as wanted (name)
  where not exists (
    select 1 from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where t.tgname = wanted.name and c.relnamespace = current_schema()::regnamespace
      and t.tgenabled in ('O', 'A'))`;

const quoted = (name: string): string => `'${name}'`;
