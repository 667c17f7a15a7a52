/**
 * The list grammar of `tag`, `source`, `author` and `lang`: `a,b` = a or b; `-a,-b` = neither; repeated = and.
 *
 * A member with a comma, or one that starts with `-` or `"`, is written in double quotes, a quote inside doubled.
 * Mixing wanted and unwanted members in one value is refused: nobody can tell whether it means *and* or *or*.
 */
import { fail, ok, type Result } from '../domain/result.ts';
import type { Group } from './query.ts';

interface Member {
  readonly text: string;
  readonly excluded: boolean;
}

/** `,` or `-` or `"` in one of the places where they mean something. */
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
