/**
 * What is done with the groups of a query alike, whether their members are wanted or not.
 */
import type { Group, TextQuery, TextTerm } from './query.ts';

/** The members of a group. */
export function membersOf<T>(group: Group<T>): readonly T[] {
  return 'anyOf' in group ? group.anyOf : group.noneOf;
}

/** A text query with each term changed, its groups as they are. */
export function mapTerms(query: TextQuery, change: (term: TextTerm) => TextTerm): TextQuery {
  return query.map((group) =>
    'anyOf' in group ? { anyOf: group.anyOf.map(change) } : { noneOf: group.noneOf.map(change) },
  );
}
