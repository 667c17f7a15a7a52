/**
 * Bounds one query, so that parsing, matching and SQL stay cheap whatever a stranger sends.
 *
 * No query that a person writes reaches these bounds, and the largest allowed one binds fewer than the 100 SQL parameters
 * that a Durable Object allows. Documented for users in docs/query-language.md.
 */

/** Parameters in one request, pairs of name and value. */
export const maxParameters = 64;

/** One parameter's value, decoded. Unit: UTF-16 units. */
export const maxValueLength = 2000;

/** Tags, sources, authors and languages in one query, after duplicates are gone. */
export const maxMembers = 48;

/** Repeated positive groups (joined by and) of one parameter. */
export const maxGroups = 8;

/** One tag, author or language. Unit: UTF-16 units. */
export const maxMemberLength = 200;

/** Words and phrases of a text query. */
export const maxTextTerms = 24;

/** All words and phrases of a text query together. Unit: UTF-16 units; each is at most one trigram to look up. */
export const maxTextLength = 400;

/** Entries in one answer. */
export const maxLimit = 200;

/** Entries in one answer when the query does not say. */
export const defaultLimit = 50;

/** The longest age of `since` and `until`: a hundred years of 365.25 days. */
export const maxAgeMs = 36_525 * 86_400_000;
