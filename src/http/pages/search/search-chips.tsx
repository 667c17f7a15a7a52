/**
 * Shows the filters of a search as chips; each has a link that removes it.
 */
import type { Markup } from '../../../page/markup.ts';
import { capitalised, count } from '../../../page/plural.ts';
import { facetNames } from '../../../query/language/facets.ts';
import { everything, type Query } from '../../../query/language/query.ts';
import type { ArchiveTotals } from '../../../window/window.ts';
import { describeQuery } from '../../query-words.ts';

interface ChipsProps {
  /** Without a cursor. */
  readonly query: Query;
  readonly totals: ArchiveTotals;
  /** The address of another search. */
  readonly toAddress: (query: Query) => string;
}

/** The chips; empty without a filter. */
export function SearchChips({ query, totals, toAddress }: ChipsProps): Markup {
  const chips = toChips(query, totals);
  if (chips.length === 0) return <div class="chips" />;
  return (
    <ul class="chips" aria-label="Filters">
      {chips.map(({ words, without }) => (
        <li>
          <a href={toAddress(without)} aria-label={`Remove: ${words}`}>
            <bdi>{words}</bdi> <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <a href="/search">Remove all</a>
        </li>
      )}
    </ul>
  );
}

interface Chip {
  readonly words: string;
  readonly without: Query;
}

function toChips(query: Query, totals: ArchiveTotals): readonly Chip[] {
  const { since, until, ...rest } = query;
  const chip = (part: Partial<Query>, without: Query): Chip => ({
    words: capitalised(describeQuery({ ...everything, ...part }, totals)),
    without,
  });
  const { digest, zone: _, ...undigested } = query;
  const groups = facetNames.flatMap((name) =>
    query[name].map((group, at) => chip({ [name]: [group] }, { ...query, [name]: query[name].toSpliced(at, 1) })),
  );
  const terms = (query.text ?? []).map((term, at, all): Chip => {
    const { text: _, ...wordless } = query;
    return chip({ text: [term] }, all.length === 1 ? wordless : { ...query, text: all.toSpliced(at, 1) });
  });
  return [
    ...terms,
    ...groups,
    ...(since === undefined ? [] : [chip({ since }, { ...rest, ...(until === undefined ? {} : { until }) })]),
    ...(until === undefined ? [] : [chip({ until }, { ...rest, ...(since === undefined ? {} : { since }) })]),
    ...(query.content === everything.content
      ? []
      : [
          {
            words: query.content === 'none' ? 'Titles only' : 'Summaries only',
            without: { ...query, content: everything.content },
          },
        ]),
    ...(query.titles === everything.titles
      ? []
      : [{ words: 'Sources in titles', without: { ...query, titles: everything.titles } }]),
    ...(digest === undefined
      ? []
      : [chip({ digest, ...(query.zone === undefined ? {} : { zone: query.zone }) }, undigested)]),
    ...(query.limit === everything.limit
      ? []
      : [
          {
            words: `At most ${count(query.limit, 'entry', 'entries')}`,
            without: { ...query, limit: everything.limit },
          },
        ]),
  ];
}
