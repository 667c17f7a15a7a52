/**
 * Reads and writes groups of a query as list parameters spell them, and brings them into their normal form.
 *
 * In a list, `a,b` means a or b; `-a,-b` means neither; a repeated parameter means and. A member with a comma, or one that
 * starts with `-` or `"`, is written in double quotes, with a quote inside doubled. Wanted and unwanted members in one value
 * are refused, because it is unclear whether that means *and* or *or*.
 */
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Group } from './query.ts';

/** The members of a group. */
export function membersOf<T>(group: Group<T>): readonly T[] {
  return 'anyOf' in group ? group.anyOf : group.noneOf;
}

/**
 * Returns the normal form of groups joined by *and*, so that queries with the same meaning become equal data.
 *
 * All exclusions become one group, at the end. Members and groups are sorted, each once. An alternative that is
 * excluded anyway is dropped, and so is a group that another one implies (`a` and (`a` or `b`) is `a`).
 * `keyOf` gives equal members equal keys; members are sorted by their keys.
 */
export function normalGroups<T>(groups: readonly Group<T>[], keyOf: (member: T) => string): readonly Group<T>[] {
  const excluded = sortedByKey(
    groups.flatMap((group) => ('noneOf' in group ? group.noneOf : [])),
    keyOf,
  );
  const wanted = new Map<string, ReadonlyMap<string, T>>();
  for (const group of groups) {
    if ('noneOf' in group || group.anyOf.length === 0) continue;
    const members = sortedByKey(group.anyOf, keyOf);
    const possible = new Map([...members].filter(([key]) => !excluded.has(key)));
    // A group of excluded members only matches nothing. It stays, so that the query goes on matching nothing.
    const kept = possible.size > 0 ? possible : members;
    wanted.set(JSON.stringify([...kept.keys()]), kept);
  }
  const all = [...wanted.values()];
  const needed = [...wanted]
    .filter(([, group]) => !all.some((other) => other.size < group.size && isSubset(other, group)))
    .sort(([a], [b]) => compareText(a, b))
    .map(([, group]): Group<T> => ({ anyOf: [...group.values()] }));
  return excluded.size > 0 ? [...needed, { noneOf: [...excluded.values()] }] : needed;
}

function sortedByKey<T>(members: readonly T[], keyOf: (member: T) => string): ReadonlyMap<string, T> {
  return new Map(members.map((member): [string, T] => [keyOf(member), member]).sort(([a], [b]) => compareText(a, b)));
}

function isSubset<T>(small: ReadonlyMap<string, T>, large: ReadonlyMap<string, T>): boolean {
  return [...small.keys()].every((key) => large.has(key));
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

interface Member {
  readonly text: string;
  readonly excluded: boolean;
}

/** Matches `,`, `-` or `"` where they have a meaning. */
const needsQuotes = /^[-"]|,/;

/** Reads one value; the failure says what to do. Members are trimmed, not otherwise changed. An empty list has no members. */
export function parseGroupList(value: string): Result<Group, string> {
  const members: Member[] = [];
  let at = 0;
  while (at < value.length) {
    const member = readMember(value, at);
    if (!member.ok) return member;
    const { text, excluded, quoted, end } = member.value;
    if (text === '' && (excluded || quoted))
      return fail(`Write what is wanted after ${excluded ? 'the "-"' : 'the quote'}.`);
    if (text !== '') members.push({ text, excluded });
    at = end + 1;
  }
  const texts = members.map((member) => member.text);
  if (members.every((member) => !member.excluded)) return ok({ anyOf: texts });
  if (members.every((member) => member.excluded)) return ok({ noneOf: texts });
  return fail(
    'Give what is wanted and what is not as two parameters, for example tag=a,b&tag=-c instead of tag=a,b,-c.',
  );
}

function readMember(
  value: string,
  from: number,
): Result<Member & { readonly quoted: boolean; readonly end: number }, string> {
  let at = skipSpaces(value, from);
  const excluded = value[at] === '-';
  if (excluded) at = skipSpaces(value, at + 1);
  if (value[at] !== '"') {
    const comma = value.indexOf(',', at);
    const end = comma === -1 ? value.length : comma;
    return ok({ text: value.slice(at, end).trim(), excluded, quoted: false, end });
  }
  let text = '';
  for (;;) {
    const close = value.indexOf('"', at + 1);
    if (close === -1) return fail('Close the quote that was opened with ".');
    text += value.slice(at + 1, close);
    at = close + 1;
    if (value[at] !== '"') break;
    text += '"';
  }
  const end = skipSpaces(value, at);
  if (end < value.length && value[end] !== ',') return fail('Put a comma after the closing quote.');
  return ok({ text: text.trim(), excluded, quoted: true, end });
}

function skipSpaces(value: string, from: number): number {
  let at = from;
  while (value[at] === ' ') at += 1;
  return at;
}

/** Writes a group so that `parseGroupList` reads it back. */
export function renderGroupList(group: Group): string {
  if ('anyOf' in group) return group.anyOf.map(renderMember).join(',');
  return group.noneOf.map((text) => `-${renderMember(text)}`).join(',');
}

function renderMember(text: string): string {
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
