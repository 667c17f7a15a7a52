/**
 * Parses URL parameters into a `Query`, or reports every problem of the request at once, each with what to do about it.
 *
 * It never throws. query-limits.ts bounds its work. Blank values mean "not given": HTML forms send them for empty fields.
 */
import { type PeriodKind, parseZone } from '../../domain/period.ts';
import { fail, type Result } from '../../domain/result.ts';
import type { ContentMode, TitleMode } from '../../domain/view.ts';
import { parseCursor } from './cursor.ts';
import { type Draft, finishDraft, newDraft, type ParameterReader, setOnce } from './draft.ts';
import { facetNames, facets } from './facets.ts';
import { parseGroupList } from './groups.ts';
import { memberReaders } from './members.ts';
import type { Group, Query, QueryProblem } from './query.ts';
import { defaultLimit, maxLimit, maxParameters, maxValueLength } from './query-limits.ts';
import { rsshubParameters } from './rsshub.ts';
import { parseTextQuery } from './text-query.ts';
import { parseTimeBound } from './time-bound.ts';

const contentModes: readonly ContentMode[] = ['full', 'summary', 'none'];
const titleModes: readonly TitleMode[] = ['plain', 'source'];
const periodKinds: readonly PeriodKind[] = ['day', 'week'];

/** Our own parameters, in canonical order. */
const parameters: ReadonlyMap<string, ParameterReader> = new Map([
  ...facetNames.map((facet): [string, ParameterReader] => [
    facets[facet].parameter,
    (draft, value) => addList(draft[facet], value, memberReaders[facet]),
  ]),
  ['q', readText],
  ['since', (draft, value) => readTime(draft, 'since', value)],
  ['until', (draft, value) => readTime(draft, 'until', value)],
  ['limit', readLimit],
  ['content', readContent],
  ['titles', readTitles],
  ['digest', readDigest],
  ['zone', readZone],
  ['before', readBefore],
] satisfies [string, ParameterReader][]);

/** The names of our own parameters, in canonical order. RSSHub's parameters are read, too. */
export const parameterNames: readonly string[] = [...parameters.keys()];

/**
 * Reads decoded search parameters in their order. `known` names parameters of other code, such as `key` or `explain`, which
 * are skipped.
 */
export function parseQuery(
  params: Iterable<readonly [string, string]>,
  known: readonly string[] = [],
): Result<Query, readonly QueryProblem[]> {
  const draft = newDraft();
  const problems: QueryProblem[] = [];
  let count = 0;
  for (const [name, value] of params) {
    count += 1;
    if (count > maxParameters) {
      problems.push({
        parameter: show(name),
        detail: `Give at most ${maxParameters} parameters; the rest was not read.`,
      });
      break;
    }
    if (known.includes(name)) continue;
    const problem = readParameter(draft, name, value, known);
    if (problem !== undefined) problems.push(problem);
  }
  const finished = finishDraft(draft);
  if (!finished.ok) problems.push(...finished.failure);
  return problems.length > 0 || !finished.ok ? fail(problems) : finished;
}

function readParameter(draft: Draft, name: string, value: string, known: readonly string[]): QueryProblem | undefined {
  const read = parameters.get(name) ?? rsshubParameters.get(name);
  if (read === undefined) {
    const allowed = [...parameterNames, ...known];
    return { parameter: show(name), detail: `Unknown parameter. Known ones: ${allowed.join(', ')}.`, allowed };
  }
  if (value.length > maxValueLength) return { parameter: name, detail: `Give at most ${maxValueLength} characters.` };
  if (value.trim() === '') return undefined;
  const problem = read(draft, value.normalize('NFKC').trim());
  if (problem === undefined) return undefined;
  return typeof problem === 'string' ? { parameter: name, detail: problem } : { parameter: name, ...problem };
}

/** Cuts a parameter's name from a stranger and makes it well-formed, so that it can be shown anywhere. */
function show(name: string): string {
  return (name.length > 40 ? `${name.slice(0, 40)}…` : name).toWellFormed();
}

function addList(
  groups: Group[],
  value: string,
  toMember: (text: string) => Result<string, string>,
): string | undefined {
  const list = parseGroupList(value);
  if (!list.ok) return list.failure;
  const texts = 'anyOf' in list.value ? list.value.anyOf : list.value.noneOf;
  const members: string[] = [];
  for (const text of texts) {
    const member = toMember(text);
    if (!member.ok) return member.failure;
    members.push(member.value);
  }
  if (members.length > 0) groups.push('anyOf' in list.value ? { anyOf: members } : { noneOf: members });
  return undefined;
}

function readText(draft: Draft, value: string): string | undefined {
  const text = parseTextQuery(value);
  if (!text.ok) return text.failure;
  draft.text.push(...text.value);
  return undefined;
}

function readTime(draft: Draft, side: 'since' | 'until', value: string): string | undefined {
  const bound = parseTimeBound(value, side);
  if (bound !== undefined) return setOnce(draft, side, bound);
  return 'Give an ISO 8601 date or instant such as 2024-05-01 or 2024-05-01T08:30:00Z, or an age such as 36h or 7d (s, m, h, d, w).';
}

function readLimit(draft: Draft, value: string): ReturnType<ParameterReader> {
  const digits = /^0*(\d{1,4})$/.exec(value)?.[1];
  const limit = digits === undefined ? Number.NaN : Number(digits);
  if (limit >= 1 && limit <= maxLimit) return setOnce(draft, 'limit', limit);
  return {
    detail: `Give a whole number from 1 to ${maxLimit}; without it, ${defaultLimit}.`,
    allowed: [`1-${maxLimit}`],
  };
}

function readContent(draft: Draft, value: string): ReturnType<ParameterReader> {
  const mode = contentModes.find((mode) => mode === value.toLowerCase());
  if (mode !== undefined) return setOnce(draft, 'content', mode);
  return { detail: 'Give full, summary or none.', allowed: contentModes };
}

function readTitles(draft: Draft, value: string): ReturnType<ParameterReader> {
  const mode = titleModes.find((mode) => mode === value.toLowerCase());
  if (mode !== undefined) return setOnce(draft, 'titles', mode);
  return { detail: 'Give plain or source.', allowed: titleModes };
}

function readDigest(draft: Draft, value: string): ReturnType<ParameterReader> {
  const kind = periodKinds.find((kind) => kind === value.toLowerCase());
  if (kind !== undefined) return setOnce(draft, 'digest', kind);
  return { detail: 'Give day or week.', allowed: periodKinds };
}

function readZone(draft: Draft, value: string): string | undefined {
  const zone = parseZone(value);
  if (zone !== undefined) return setOnce(draft, 'zone', zone);
  return 'Give the name of a time zone of the IANA list, such as Europe/Berlin or UTC.';
}

function readBefore(draft: Draft, value: string): string | undefined {
  const cursor = parseCursor(value);
  if (cursor !== undefined) return setOnce(draft, 'before', cursor);
  return 'Use the cursor of a "next" link as it is, or leave it out to start with the newest.';
}
