/**
 * Lists the months that have entries, each with its page.
 */
import type { Month } from '../../../domain/month.ts';
import type { Markup } from '../../../page/markup.ts';
import { everything } from '../../../query/language/query.ts';
import { everywhere } from '../../../window/view-address.ts';
import type { FeedSources } from '../../answer.ts';
import { Page, toFrame, toPageContext } from '../frame/layout.tsx';
import type { MadePage } from '../frame/page-response.ts';
import { toFeedLinks } from '../parts/subscribe.tsx';
import { takeInventory, toListPage } from './inventory.ts';

/** How long the list of months is reused. Milliseconds. */
const monthsMs = 10 * 60_000;

/** Makes the page. */
export async function makeArchivePage(sources: FeedSources, url: URL): Promise<MadePage> {
  const [inventory, months] = await Promise.all([takeInventory(sources), sources.archive.months()]);
  const context = toPageContext(sources.config, url);
  const { siteTitle } = sources.config;
  const head = {
    title: `Archive · ${siteTitle}`,
    description: `Everything that ${siteTitle} holds, by month.`,
    canonical: `${context.origin}/archive`,
    feeds: toFeedLinks(context.origin, everywhere, everything, siteTitle),
  };
  const years = Map.groupBy(months, (month) => month.slice(0, 4));
  const page = (
    <Page context={context} head={head}>
      <h1>Archive</h1>
      <p class="lede">{months.length === 0 ? 'There is nothing in the archive yet.' : 'Everything, by month.'}</p>
      {[...years].map(([year, own]) => (
        <Year year={year} months={own} />
      ))}
    </Page>
  );
  return { ...toListPage(toFrame(page), inventory, sources.now()), expiresAt: sources.now() + monthsMs };
}

function Year({ year, months }: { readonly year: string; readonly months: readonly Month[] }): Markup {
  return (
    <section class="year">
      <h2>{year}</h2>
      <ul class="tags">
        {months.map((month) => (
          <li>
            <a href={`/archive/${month}`}>{monthName(month)}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

const names = 'January February March April May June July August September October November December'.split(' ');

/** `2026-11` as `November`. */
export function monthName(month: Month): string {
  return names[Number(month.slice(5)) - 1] ?? month;
}
