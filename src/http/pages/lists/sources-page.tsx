/**
 * Shows all sources: where entries come from, how many, how often, and the feeds of each.
 */
import { type FeedFormat, feedFormats } from '../../../domain/view.ts';
import { SourceIcon } from '../../../page/drawings.tsx';
import { type Markup, nothing } from '../../../page/markup.ts';
import { Moment } from '../../../page/moment.tsx';
import { count, group } from '../../../page/plural.ts';
import { everything } from '../../../query/language/query.ts';
import { everywhere, feedAddress, pageAddress, type ViewPlace } from '../../../window/view-address.ts';
import type { SourceTotal } from '../../../window/window.ts';
import type { FeedSources } from '../../feeds/feeds.ts';
import { toProblemResponse } from '../../problem.ts';
import { Page, toFrame, toPageContext } from '../frame/layout.tsx';
import type { MadePage } from '../frame/page-response.ts';
import { type ActivityScale, countActivity, toActivityScale } from '../parts/activity.ts';
import { Bars, Figures } from '../parts/chart.tsx';
import { toFeedLinks } from '../parts/subscribe.tsx';
import { type Inventory, takeInventory, toListPage } from './inventory.ts';
import { OfflineNote, PartLinks, partOf } from './list-parts.tsx';

/** Sources on one page. */
const pageSize = 200;

/** Columns of the table behind the drawings. */
const maxColumns = 8;

const shortNames: Readonly<Record<FeedFormat, string>> = { rss: 'RSS', atom: 'Atom', json: 'JSON' };

/** Makes the page. */
export async function makeSourcesPage(sources: FeedSources, url: URL): Promise<MadePage | Response> {
  const inventory = await takeInventory(sources);
  const all = inventory.totals.sources;
  const part = partOf(all, url.searchParams.get('page'), pageSize);
  if (part === undefined) {
    return toProblemResponse({
      status: 404,
      title: 'No such page',
      detail: 'The list of sources at /sources has fewer pages.',
    });
  }
  const context = toPageContext(sources.config, url);
  const { siteTitle } = sources.config;
  const cadence = toCadence(inventory);
  const head = {
    title: `Sources · ${siteTitle}`,
    description: `The ${count(all.length, 'source')} that ${siteTitle} follows.`,
    canonical: `${context.origin}/sources`,
    feeds: toFeedLinks(context.origin, everywhere, everything, siteTitle),
    current: '/sources',
  };
  const page = (
    <Page context={context} head={head}>
      <OfflineNote totals={inventory.totals} />
      <h1>Sources</h1>
      <p class="lede">
        {all.length === 0 ? (
          'There are no sources yet.'
        ) : (
          <>
            {count(all.length, 'source')}; all of them as <a href="/opml.xml">a subscription list (OPML)</a> for your
            own reader.
          </>
        )}
      </p>
      {all.length > 0 && <SourceTable sources={part.items} cadence={cadence} />}
      <SourceFigures shown={part.items} cadence={cadence} />
      <PartLinks path="/sources" part={part} />
    </Page>
  );
  return toListPage(toFrame(page), inventory, sources.now());
}

interface Cadence {
  readonly scale: ActivityScale;
  readonly counts: ReadonlyMap<string, readonly number[]>;
}

function toCadence({ window }: Inventory): Cadence | undefined {
  const entries = window?.entries ?? [];
  const scale = toActivityScale(entries.map(({ sortAt }) => sortAt));
  if (scale === undefined) return undefined;
  const counts = Map.groupBy(entries, ({ sources: [source = ''] }) => source);
  return {
    scale,
    counts: new Map(
      [...counts].map(([id, own]) => [
        id,
        countActivity(
          scale,
          own.map(({ sortAt }) => sortAt),
        ),
      ]),
    ),
  };
}

/** The table of the numbers in the drawings, for the sources of this page with most entries. */
function SourceFigures({
  shown,
  cadence,
}: {
  readonly shown: readonly SourceTotal[];
  readonly cadence: Cadence | undefined;
}): Markup {
  if (cadence === undefined) return nothing;
  const series = shown
    .toSorted((a, b) => b.count - a.count)
    .slice(0, maxColumns)
    .flatMap(({ id, title }) => {
      const counts = cadence.counts.get(id);
      return counts === undefined ? [] : [{ label: title, counts }];
    });
  return series.length === 0 ? nothing : <Figures scale={cadence.scale} series={series} />;
}

function SourceTable({
  sources,
  cadence,
}: {
  readonly sources: readonly SourceTotal[];
  readonly cadence: Cadence | undefined;
}): Markup {
  return (
    <div class="scroll" tabindex="0" role="region" aria-label="Sources">
      <table>
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col" class="number">
              Entries
            </th>
            <th scope="col">{cadence === undefined ? '' : `Per ${cadence.scale.unit}`}</th>
            <th scope="col">Newest change</th>
            <th scope="col">Feeds</th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <SourceRow source={source} cadence={cadence} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SourceRow({
  source,
  cadence,
}: {
  readonly source: SourceTotal;
  readonly cadence: Cadence | undefined;
}): Markup {
  const place: ViewPlace = { kind: 'source', name: source.id };
  const counts = cadence?.counts.get(source.id);
  return (
    <tr>
      <th scope="row">
        <a href={pageAddress(place, everything)}>
          <SourceIcon id={source.id} />
          <bdi>{source.title}</bdi>
        </a>
      </th>
      <td class="number">{group(source.count)}</td>
      <td>
        {cadence !== undefined && counts !== undefined && (
          <Bars
            label={`Entries per ${cadence.scale.unit} from ${source.title}: ${counts.join(', ')}`}
            counts={counts}
            size="spark"
          />
        )}
      </td>
      <td>{source.count > 0 && <Moment at={source.updated} />}</td>
      <td>
        <span class="formats">
          {feedFormats.map((format) => (
            <a
              href={feedAddress(place, format, everything)}
              aria-label={`${shortNames[format]} feed of ${source.title}`}
            >
              {shortNames[format]}
            </a>
          ))}
        </span>
      </td>
    </tr>
  );
}
