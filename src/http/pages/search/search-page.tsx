/**
 * Shows the search page, which also builds feeds: the form, the results, and the feeds of exactly that search.
 */
import type { Instant } from '../../../domain/instant.ts';
import { type Markup, renderMarkup } from '../../../page/markup.ts';
import { capitalised } from '../../../page/plural.ts';
import { canonicalQuery } from '../../../query/language/canonical.ts';
import { parseQuery } from '../../../query/language/parse-query.ts';
import { everything, type Query, type QueryProblem } from '../../../query/language/query.ts';
import { assemble } from '../../../window/assemble.ts';
import { nextPlace } from '../../../window/selection.ts';
import { everywhere } from '../../../window/view-address.ts';
import { answerFrom } from '../../answer.ts';
import type { FeedSources } from '../../feeds/feeds.ts';
import { describeQuery } from '../../query-words.ts';
import { Cards, Page, toFrame, toPageContext } from '../frame/layout.tsx';
import { pageHeaders } from '../frame/page-assets.ts';
import { expiryOf, type MadePage } from '../frame/page-response.ts';
import { Subscribe, toFeedLinks } from '../parts/subscribe.tsx';
import { countInWords } from './match-count.ts';
import { toSearchAddress } from './search-address.ts';
import { SearchChips } from './search-chips.tsx';
import { fieldLabels, toGivenFields, toSearchFields } from './search-fields.ts';
import { SearchForm } from './search-form.tsx';

/** Makes the page of a search, or redirects the browser to the canonical address of its form. */
export async function makeSearchPage(sources: FeedSources, url: URL): Promise<MadePage | Response> {
  const address = toSearchAddress(url.searchParams);
  if (address !== undefined) {
    return new Response(null, { status: 303, headers: { Location: address, 'Cache-Control': 'public, max-age=3600' } });
  }
  const words = url.searchParams.getAll('q').join(' ').toWellFormed();
  const parsed = parseQuery(url.searchParams);
  if (!parsed.ok) return await explainSearch(sources, url, parsed.failure);
  const { zone: __, ...zoneless } = parsed.value;
  const query = parsed.value.digest === undefined ? zoneless : parsed.value;
  const now = sources.now() as Instant;
  const answer = await answerFrom(sources, { ...query, content: 'full', titles: 'plain' }, 'card', now);
  const window = await sources.window.index();
  const context = toPageContext(sources.config, url);
  const { totals, selection } = answer;
  const { before: _, ...newest } = query;
  const found =
    query.before === undefined ? await countInWords(newest, answer, window, sources.archive, now) : 'older entries';
  const inWords = describeQuery(query, totals);
  const title = inWords === '' ? 'Search' : capitalised(inWords);
  const { builder: ___, ...links } = toFeedLinks(
    context.origin,
    everywhere,
    query,
    `${title} · ${sources.config.siteTitle}`,
  );
  const head = {
    title: `${title} · ${sources.config.siteTitle}`,
    description: 'Find entries by word, tag, source, language and time, and subscribe to what you found.',
    canonical: searchAddress(context.origin, query),
    feeds: links,
    current: '/search',
    isIndexed: false,
  };
  const last = nextPlace(selection);
  const older = last === undefined ? undefined : { ...query, before: last };
  const page = (
    <Page context={context} head={head}>
      <h1>Search, and build a feed</h1>
      <p class="lede">Whatever you find here has feeds of its own, which go on finding.</p>
      <SearchForm
        fields={toSearchFields(newest, words === '' ? undefined : words)}
        query={newest}
        totals={totals}
        window={window}
      />
      <SearchChips query={newest} totals={totals} toAddress={(other) => searchAddress('', other)} />
      <section class="found" aria-labelledby="found">
        <div class="result">
          <h2 id="found" aria-live="polite">
            {capitalised(found)}
          </h2>
          <p class="lede">{inWords === '' ? 'Everything, newest first.' : `${capitalised(inWords)}.`}</p>
          <p class="acts">
            <button
              class="quiet"
              type="button"
              hidden
              data-copy="address-rss"
              data-done="Copied"
              data-failed="Press Ctrl+C"
            >
              Copy address
            </button>
            <a class="button quiet" href={`/admin/views?query=${encodeURIComponent(canonicalQuery(newest))}`}>
              Save as view
            </a>
          </p>
        </div>
        <Subscribe links={links} />
        <div class="river">
          {selection.entries.length === 0 && <NothingFound query={newest} />}
          <Cards />
        </div>
        {older !== undefined && (
          <nav class="paging" aria-label="Pages">
            <a class="button" rel="next" data-load href={searchAddress('', older)}>
              Older entries
            </a>
          </nav>
        )}
      </section>
    </Page>
  );
  const updated = selection.entries.reduce<number>((latest, entry) => Math.max(latest, entry.modified), 0);
  return {
    ...assemble(toFrame(page), selection, updated as Instant),
    version: answer.version,
    expiresAt: expiryOf(answer, query, sources.now()),
  };
}

function searchAddress(origin: string, query: Query): string {
  const text = canonicalQuery(query);
  return `${origin}/search${text === '' ? '' : `?${text}`}`;
}

/** Suggestions for a search without results. */
function NothingFound({ query }: { readonly query: Query }): Markup {
  return (
    <div class="empty">
      <p>Nothing matches.</p>
      <ul>
        {query.text !== undefined && (
          <li>Try fewer or shorter words: all of them must occur, and each is looked for as it is written.</li>
        )}
        {query.tags.length > 0 && (
          <li>
            Look at <a href="/tags">the tags there are</a>.
          </li>
        )}
        {query.since !== undefined && <li>Look further back than the time you gave.</li>}
        <li>Or subscribe all the same: what matches later will appear in the feed.</li>
        <li>
          <a href="/search">Start anew</a>
        </li>
      </ul>
    </div>
  );
}

/** The form with the problems of the given parameters. */
async function explainSearch(sources: FeedSources, url: URL, problems: readonly QueryProblem[]): Promise<Response> {
  const window = await sources.window.index();
  const totals = window?.totals ?? (await sources.archive.totals());
  const head = {
    title: `Search · ${sources.config.siteTitle}`,
    description: 'This search cannot be understood.',
    current: '/search',
    isIndexed: false,
  };
  const unlabelled = problems.filter(({ parameter }) => fieldLabels[parameter] === undefined);
  const page = (
    <Page context={toPageContext(sources.config, url)} head={head}>
      <h1>Search, and build a feed</h1>
      <div class="empty" role="alert">
        <p>This search cannot be understood.</p>
        <ul>
          {[...problems.filter((problem) => !unlabelled.includes(problem)), ...unlabelled].map(
            ({ parameter, detail }) => (
              <li>
                <strong>{fieldLabels[parameter] ?? parameter}</strong>: {detail}
              </li>
            ),
          )}
        </ul>
      </div>
      <SearchForm
        fields={toGivenFields(url.searchParams)}
        query={everything}
        totals={totals}
        window={window}
        problems={new Map(problems.map(({ parameter, detail }) => [parameter, detail]))}
      />
    </Page>
  );
  return new Response(renderMarkup(page), {
    status: 400,
    headers: { ...pageHeaders, 'Cache-Control': 'no-store' },
  });
}
