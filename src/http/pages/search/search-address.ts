/**
 * From the fields of the search form to the address that says the same: one address per search, short and to be shared.
 *
 * A form cannot send "all of these", "any of these" and "none of these" as one repeated parameter; it has fields `all`,
 * `any` and `none` for tags, and empty ones it cannot leave out.
 */
import { renderGroupList } from '../../../query/language/groups.ts';

/** Commas of the scripts people type tags in. */
const separators = /[,،、，;；\n]/u;

/** Path and search of the address to go to; `undefined` when the given parameters are in their form already. */
export function toSearchAddress(params: URLSearchParams): string | undefined {
  const kept: [string, string][] = [];
  let changed = false;
  // A day that was picked says more than an age that was left as it was.
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

/** The values of `tag` that a field means; `undefined` when it is not a field for tags. */
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
