/**
 * One thing wrong with a request, in words for the person who wrote the URL.
 */

/** A problem of one parameter. */
export interface QueryProblem {
  /** The parameter's name as given, cut to a readable length. */
  readonly parameter: string;
  /** What to do, one or two sentences. */
  readonly detail: string;
  /** What can be given instead, when that can be listed. */
  readonly allowed?: readonly string[];
}
