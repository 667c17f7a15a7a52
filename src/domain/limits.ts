/**
 * Lists bounds that several steps share, in bytes of UTF-8.
 */

/** A row of the Archive. Cloudflare refuses more; the local runtime does not. */
export const maxRowBytes = 2_000_000;

/** Content of one entry. The sanitizer cuts longer content at the end of a block, and adds a link to the original. */
export const maxContentBytes = 1_000_000;
