/** The newest migration this build needs; a test holds it against prisma/migrations. */
export const SCHEMA_VERSION = "20261121060000_init";
