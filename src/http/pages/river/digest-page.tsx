/**
 * Shows a view as digests: its entries day by day, or week by week.
 */
import { fingerprint } from '../../../domain/fingerprint.ts';
import type { Instant } from '../../../domain/instant.ts';
import { describePeriod } from '../../../domain/period.ts';
import type { PeriodDigest } from '../../../domain/period-digest.ts';
import type { FeedFormat } from '../../../domain/view.ts';
import { countEntries } from '../../../feed/render/digest-entry.ts';
import { renderDigestContent } from '../../../feed/render/digest-html.ts';
import { fromSafeHtml, type Markup } from '../../../page/markup.ts';
import type { Query } from '../../../query/language/query.ts';
import { assemble } from '../../../window/assemble.ts';
import { nothingSelected } from '../../../window/selection.ts';
import { pageAddress, type ViewPlace } from '../../../window/view-address.ts';
import { viewTitle } from '../../../window/view-head.ts';
import { type AskedDigests, askDigests } from '../../feeds/digests.ts';
import type { FeedSources } from '../../feeds/feeds.ts';
import { answerMissing, isPlaced } from '../../missing-place.ts';
import { placedQuery } from '../../placed-query.ts';
import { describeQuery } from '../../query-words.ts';
import { Page, toFrame, toPageContext } from '../frame/layout.tsx';
import type { MadePage } from '../frame/page-response.ts';
import { Subscribe, toFeedLinks } from '../parts/subscribe.tsx';
import { Paging } from './paging.tsx';

/** Makes the page; `undefined` when the request does not ask for digests. */
export async function makeDigestPage(
  sources: FeedSources,
  url: URL,
  place: ViewPlace,
  query: Query,
  opened?: FeedFormat,
): Promise<MadePage | Response | undefined> {
  const context = toPageContext(sources.config, url);
  const asked = placedQuery(place, query, sources.now() as Instant);
  if (asked.digest === undefined) return undefined;
  const version = (await sources.window.current())?.version;
  const answer = await askDigests(sources, context.origin, place, query, asked);
  if (answer === undefined) return undefined;
  const { totals, next, endsAt } = answer;
  if (!isPlaced(place, totals)) {
    return answerMissing(sources, place, totals, (other) => pageAddress(other, query));
  }
  const { before: _, ...newest } = query;
  const title = viewTitle(sources.config, place, totals, describeQuery(newest, totals));
  const head = {
    title,
    description: `The entries of each ${answer.kind} in short: ${title}.`,
    canonical: `${context.origin}${pageAddress(place, query)}`,
    feeds: toFeedLinks(context.origin, place, query, title),
    isIndexed: false,
  };
  const page = (
    <Page context={context} head={head}>
      <h1 dir="auto">{title}</h1>
      <Subscribe links={head.feeds} opened={opened} />
      <section class="river" aria-label="Digests">
        <Digests answer={answer} />
      </section>
      <Paging
        place={place}
        newest={query.before === undefined ? undefined : newest}
        older={next === undefined ? undefined : { ...query, before: next }}
      />
    </Page>
  );
  const frame = toFrame(page);
  const newestEnd = answer.digests[0]?.period.end ?? (0 as Instant);
  return {
    ...assemble({ ...frame, name: [fingerprint(frame.prefix)] }, nothingSelected, newestEnd),
    ...(version === undefined ? {} : { version }),
    expiresAt: endsAt,
  };
}

function Digests({ answer }: { readonly answer: AskedDigests }): Markup {
  const { digests, kind } = answer;
  if (digests.length > 0) {
    return (
      <>
        {digests.map((digest) => (
          <Digest answer={answer} digest={digest} />
        ))}
      </>
    );
  }
  return (
    <div class="empty">
      <p>
        No {kind} that is over has an entry of this view. Its feeds can be subscribed to all the same: a digest appears
        when a {kind} with entries is over.
      </p>
    </div>
  );
}

interface DigestProps {
  readonly answer: AskedDigests;
  readonly digest: PeriodDigest;
}

function Digest({ answer: { kind, links }, digest }: DigestProps): Markup {
  const places = links(digest);
  return (
    <article class="card" lang="en">
      <div class="card-text">
        <h2>
          <a href={places.page}>
            {describePeriod(digest.period, kind)}: {countEntries(digest)}
          </a>
        </h2>
        <div class="prose">{fromSafeHtml(renderDigestContent(digest, places))}</div>
      </div>
    </article>
  );
}
