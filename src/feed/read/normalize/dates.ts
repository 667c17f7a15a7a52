/**
 * Chooses a date: the first readable one on the ladder. Unreadable dates are reported and stay unknown.
 */
import type { Instant } from '../../../domain/instant.ts';
import { parseDate } from '../dates/parse-date.ts';
import type { Defects } from '../defects.ts';
import type { RawNode } from '../raw-feed.ts';
import { publishedRungs, updatedRungs } from './field-ladders.ts';
import { gather, type Ladder } from './ladder.ts';

/** Zones whose name means another one in most of the world, by the language that uses them so. */
const zonesByLanguage: Readonly<Record<string, readonly [RegExp, string]>> = {
  he: [/\bIST\b/, '+0200'],
  ga: [/\bIST\b/, '+0100'],
};

function inZoneOf(text: string, language: string | undefined): string {
  const zone = zonesByLanguage[language?.split('-', 1)[0] ?? ''];
  return zone === undefined ? text : text.replace(zone[0], zone[1]);
}

/**
 * `03/11/2026` begins with the day everywhere but in the United States; where the language does not decide, it stays
 * unknown.
 */
function inOrderOf(text: string, language: string | undefined): string {
  if (language === undefined || language === 'en') return '';
  const order = /^en-US/i.test(language) ? '$2.$1.$3' : '$1.$2.$3';
  return text.replace(/\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/, order);
}

function firstDate(
  rungs: Ladder,
  node: RawNode,
  defects: Defects,
  entryIndex: number | undefined,
  language: string | undefined,
): Instant | undefined {
  let latest: { readonly from: string; readonly at: Instant } | undefined;
  for (const { from, text } of gather(rungs, node.values)) {
    // Of several dates on one rung the last counts: a second one is a correction.
    if (latest !== undefined && latest.from !== from) break;
    const at = parseDate(inZoneOf(text, language)) ?? parseDate(inOrderOf(text, language));
    if (at !== undefined) latest = { from, at };
    else
      defects.add(
        'unparsable-date',
        `"${text.slice(0, 80)}" in "${from}" is no date.`,
        entryIndex === undefined ? {} : { entryIndex },
      );
  }
  return latest?.at;
}

/** Published and updated, each only when the feed has it. */
export function toDates(
  node: RawNode,
  defects: Defects,
  entryIndex?: number,
  language?: string,
): { published?: Instant; updated?: Instant } {
  const published = firstDate(publishedRungs, node, defects, entryIndex, language);
  const updated = firstDate(updatedRungs, node, defects, entryIndex, language);
  return { ...(published === undefined ? {} : { published }), ...(updated === undefined ? {} : { updated }) };
}
