/**
 * Shows the page for people who run the sites we request: who we are, how we request, and how to stop us.
 */

import { assemble } from '../../window/assemble.ts';
import { nothingSelected } from '../../window/selection.ts';
import type { FeedSources } from '../feeds/feeds.ts';
import { describeAge } from '../query-words.ts';
import { Page, toFrame, toPageContext } from './frame/layout.tsx';
import { type MadePage, noInstant } from './frame/page-response.ts';

/** Makes the page; it depends on the settings alone. */
export function makeBotPage(sources: FeedSources, url: URL): MadePage {
  const { config } = sources;
  const context = toPageContext(config, url);
  const head = {
    title: `About our requests · ${config.siteTitle}`,
    description: `Who ${config.siteTitle} is to the sites it asks, how it asks, and how to opt out.`,
    canonical: `${context.origin}/bot`,
  };
  const { usualMinutes, minMinutes } = config.interval;
  const interval = describeAge(usualMinutes * 60_000).replace(/^1 /, '');
  const least = describeAge(minMinutes * 60_000);
  const pause = config.hostPauseMs === 0 ? '' : `, with a pause of ${config.hostPauseMs / 1000} s between two`;
  const isInvited = minMinutes < usualMinutes;
  const page = (
    <Page context={context} head={head}>
      <div class="plain">
        <h1>About our requests</h1>
        <p>
          <bdi>{config.siteTitle}</bdi> is an aggregator of feeds, run with <strong>Tributary</strong>. It asks for
          feeds that somebody here has subscribed to, and publishes what is new in them with a link to where it came
          from. You found this page because its address is in the <code>User-Agent</code> of our requests:{' '}
          <code>{`Tributary/… (+${context.origin}/bot; …)`}</code>.
        </p>
        <h2>How we ask</h2>
        <ul>
          <li>
            Each feed at most once every {interval}, and less often where little is published or where you say so: with{' '}
            <code>Cache-Control</code> or <code>Expires</code>, with <code>Retry-After</code>, or in the feed with{' '}
            <code>ttl</code>, <code>skipHours</code>, <code>skipDays</code> or <code>sy:updatePeriod</code>.
            {isInvited &&
              ` More often only where the feed itself or its server invites to it, and never within ${least}.`}
          </li>
          <li>
            With conditional requests: we send back your <code>ETag</code> and <code>Last-Modified</code> as you gave
            them, and are content with a 304.
          </li>
          <li>
            {config.hostConcurrency === 1
              ? 'One request at a time'
              : `At most ${config.hostConcurrency} requests at a time`}{' '}
            to one host{pause}.
          </li>
          <li>After errors we wait longer each time. After a 410 we do not come back.</li>
          <li>We keep no cookies, send no referrer, and ask for no scripts or styles.</li>
          <li>
            Of pictures only one: the icon that your feed names, or <code>/favicon.ico</code>, at most once a month.
          </li>
          <li>
            Where a feed carries only summaries, or an article came from an archive, the article’s own page may be asked
            too, by the same rules, ever more seldom.
          </li>
          <li>
            We do not crawl: no link is followed to find more. So <code>robots.txt</code>, which is for crawlers, is not
            read; what is below works instead.
          </li>
        </ul>
        <h2>How to opt out</h2>
        <p>Any of these works, from the next time we ask:</p>
        <ul>
          <li>
            Answer with <code>410 Gone</code>: we stop for good.
          </li>
          <li>
            Answer with <code>429</code> or <code>503</code> and <code>Retry-After</code>: we come back when you say.
          </li>
          <li>
            Block our <code>User-Agent</code>: we take <code>403</code> as a no, and do not dress up as somebody else.
          </li>
        </ul>
        <h2>What we publish</h2>
        <p>
          Entries as their feeds carry them: title, text, author, rights and a link to your page, which search engines
          are pointed to as the original. Scripts, trackers and styles are taken out; pictures are loaded from where
          they are. What is in our feeds is listed at <a href="/sources">all sources</a>.
        </p>
      </div>
    </Page>
  );
  return assemble(toFrame(page), nothingSelected, noInstant);
}
