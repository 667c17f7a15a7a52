/**
 * Turns the fields of the search form into a canonical address, which is short and can be shared.
 *
 * A form cannot send "all of these", "any of these" and "none of these" as one repeated parameter: it has the fields
 * `all`, `any` and `none` for tags. It also sends empty fields.
 */
import { renderGroupList } from '../../../query/language/groups.ts';

/** The commas of all scripts. */
const separators = /[,،、，;；\n]/u;

/** Path and search of the canonical address; `undefined` when the address is canonical already. */
export function toSearchAddress(params: URLSearchParams): string | undefined {
  const kept: [string, string][] = [];
  let changed = false;
  // A picked day wins over an age: the age may just have been left there.
  const start = params.get('start')?.trim() ?? '';
  for (const [name, value] of params) {
    if (name === 'start' || (name === 'since' && start !== '')) {
      changed = true;
      if (name === 'start' && start !== '') kept.push(['since', start]);
      continue;
    }
    const tags = readTags(name, value);
    if (tags === undefined && value.trim() !== '') kept.push([name, value]);
    else changed = true;
    for (const tag of tags ?? []) kept.push(['tag', tag]);
  }
  if (!changed) return undefined;
  return kept.length === 0 ? '/search' : `/search?${new URLSearchParams(kept).toString()}`;
}

/** The values of `tag` for a field; `undefined` when it is not a field for tags. */
function readTags(name: string, value: string): readonly string[] | undefined {
  if (name !== 'all' && name !== 'any' && name !== 'none') return undefined;
  const members = value
    .split(separators)
    .map((member) => member.trim().replace(/^[-#"\s]+/, ''))
    .filter((member) => member !== '');
  if (members.length === 0) return [];
  if (name === 'all') return members.map((member) => renderGroupList({ anyOf: [member] }));
  return [renderGroupList(name === 'any' ? { anyOf: members } : { noneOf: members })];
}
