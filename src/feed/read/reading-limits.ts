/**
 * Bounds how much of one document the reader holds: each limit with its unit, its purpose and the reason for its size.
 *
 * A limit never refuses a feed (only `maxDocumentBytes` does): the excess is left out and reported as a defect.
 */

/** Bytes of a document. Guards the 128 MB of an isolate: the text, its tree and its entries live at once. Twice the largest default download. */
export const maxDocumentBytes = 16 * 1024 * 1024;

/** Open elements inside one another. Guards nothing but memory (nothing recurses); real articles stay under 60. */
export const maxDepth = 256;

/** Elements of one document. Guards memory (about 200 bytes each); a feed of 5,000 entries has about 100,000. */
export const maxElements = 250_000;

/** Entries of one document, first ones win. Guards the transaction they are recorded in; the largest real feeds have some thousands. */
export const maxEntries = 5_000;

/** Attributes of one element that are kept. Guards the linear search for one; no feed vocabulary has 20. */
export const maxAttributes = 64;

/** Namespace prefixes in scope at once. Guards the copy of the scope each new declaration makes; large feeds declare 20. */
export const maxPrefixes = 128;

/**
 * UTF-16 units of one text (content, summary) as written. Guards the memory of sanitizing it; what is recorded of it is bounded
 * afterwards (domain/html). A mathematical article of 540 K as written is 107 K of safe text.
 */
export const maxTextLength = 1024 * 1024;

/** UTF-16 units of a title, a name, a label, an id. Guards lists and indexes; the longest honest title is a microblog post. */
export const maxLineLength = 4_096;

/** Links, people, categories and files of one entry, of each kind. Guards rows and output; aggregators list a hundred tags. */
export const maxValues = 200;

/** Entities an internal DTD may declare. Guards against expansion bombs together with the next one; real feeds declare a few dashes. */
export const maxEntities = 64;

/** UTF-16 units of a declared entity's replacement text, which is never expanded again. */
export const maxEntityLength = 256;

/** Times declared entities are expanded in one document: 4,096 times 256 units bounds what a bomb can gain to one million. */
export const maxEntityExpansions = 4_096;

/** Defects kept of one kind; the rest are counted. Guards the state of a source from a document with a million faults. */
export const maxDefectsOfKind = 3;
