/**
 * Defines defects: faults of a document that were forgiven, and that the owner is shown.
 */
export interface Defect {
  /** A stable kebab-case name, e.g. `bare-ampersand`, `wrong-charset`, `unparsable-date`. */
  readonly kind: string;
  /** What was found and what was done about it, one sentence, at most about 200 characters. */
  readonly detail: string;
  /** 1-based line in the document, when known. */
  readonly line?: number;
  /** 0-based position of the entry in the document, when the fault is an entry's. */
  readonly entryIndex?: number;
}
