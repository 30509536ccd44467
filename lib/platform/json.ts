/** JSON as it was parsed, not interpreted. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
