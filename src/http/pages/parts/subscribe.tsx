/**
 * Shows the three feeds of a view: announced in the head, offered in the page with addresses to copy.
 */

import { type FeedFormat, feedFormats, feedMediaTypes } from '../../../domain/view.ts';
import { AddressField } from '../../../page/address-field.tsx';
import { feedIcon } from '../../../page/drawings.tsx';
import { type Markup, nothing } from '../../../page/markup.ts';
import { canonicalQuery } from '../../../query/language/canonical.ts';
import type { Query } from '../../../query/language/query.ts';
import { feedAddress, type ViewPlace } from '../../../window/view-address.ts';

/** The addresses by which a view can be subscribed to. */
export interface FeedLinks {
  /** The view's title, as a reader will show it. */
  readonly title: string;
  readonly feeds: readonly { readonly format: FeedFormat; readonly url: string }[];
  /** Page of the builder that starts from this view; absent on the builder itself. */
  readonly builder?: string;
}

/** The names of the formats. */
const formatNames: Readonly<Record<FeedFormat, string>> = { rss: 'RSS', atom: 'Atom', json: 'JSON Feed' };

/** The feeds of a view from its first page on: subscribers want new entries. */
export function toFeedLinks(origin: string, place: ViewPlace, query: Query, title: string): FeedLinks {
  const { before: _, ...newest } = query;
  return {
    title,
    feeds: feedFormats.map((format) => ({ format, url: `${origin}${feedAddress(place, format, newest)}` })),
    builder: builderAddress(place),
  };
}

function builderAddress(place: ViewPlace): string {
  switch (place.kind) {
    case 'all':
      return '/search';
    case 'tag':
      return `/search?tag=${encodeURIComponent(place.name)}`;
    case 'source':
      return `/search?source=${encodeURIComponent(place.name)}`;
    case 'view':
      return `/search?${canonicalQuery(place.query)}`;
  }
}

/** The `rel=alternate` links of the head. */
export function Alternates({ links: { title, feeds } }: { readonly links: FeedLinks }): Markup {
  return (
    <>
      {feeds.map(({ format, url }) => (
        <link
          rel="alternate"
          type={feedMediaTypes[format].split(';')[0]}
          title={`${title} (${formatNames[format]})`}
          href={url}
        />
      ))}
    </>
  );
}

interface SubscribeProps {
  readonly links: FeedLinks;
  /** The format whose address was opened in a browser tab comes first, with a note about it. */
  readonly opened?: FeedFormat | undefined;
  readonly isOpen?: boolean;
}

/**
 * The box to subscribe from, closed until it is opened. Addresses are in text fields, so that they can be copied without
 * a script; copy buttons appear when the script runs.
 */
export function Subscribe({ links, opened, isOpen = opened !== undefined }: SubscribeProps): Markup {
  const first = opened === undefined ? links.feeds : links.feeds.filter(({ format }) => format === opened);
  const others = links.feeds.filter((feed) => !first.includes(feed));
  return (
    <details class="subscribe" open={isOpen}>
      <summary>{feedIcon}Subscribe</summary>
      <div class="inside">
        <p>
          {opened === undefined
            ? 'Copy an address into your feed reader. All three carry the same entries.'
            : 'This address is a feed: made for a feed reader, which tells you what is new. Copy it into yours.'}
        </p>
        {[...first, ...others].map((feed) => (
          <AddressField id={`address-${feed.format}`} name={formatNames[feed.format]} url={feed.url} />
        ))}
        <Readers links={links} />
        {links.builder !== undefined && (
          <p class="note">
            Want less, or a mixture? <a href={links.builder}>Build a feed from tags, words, sources and languages</a>.
          </p>
        )}
      </div>
    </details>
  );
}

/** Web readers, each with the address that subscribes there. */
const readers: readonly (readonly [name: string, address: string])[] = [
  ['Feedly', 'https://feedly.com/i/subscription/feed%2F'],
  ['Inoreader', 'https://www.inoreader.com/?add_feed='],
  ['NewsBlur', 'https://www.newsblur.com/?url='],
  ['The Old Reader', 'https://theoldreader.com/feeds/subscribe?url='],
  ['Feedbin', 'https://feedbin.com/?subscribe='],
];

/** Buttons for readers that many people use, and a QR code for a phone, which is loaded when it is shown. */
function Readers({ links: { feeds } }: { readonly links: FeedLinks }): Markup {
  const url = feeds.find(({ format }) => format === 'rss')?.url;
  if (url === undefined) return nothing;
  const { pathname, search } = new URL(url);
  return (
    <>
      <p class="readers">
        <span>Open in</span>
        <a href={`feed:${url}`}>an app on this device</a>
        {readers.map(([name, address]) => (
          <a href={`${address}${encodeURIComponent(url)}`} rel="external nofollow">
            {name}
          </a>
        ))}
      </p>
      <details class="phone">
        <summary>For a phone</summary>
        <img
          src={`/qr.svg?of=${encodeURIComponent(pathname + search)}`}
          alt="QR code of the RSS address"
          width="180"
          height="180"
          loading="lazy"
        />
      </details>
    </>
  );
}
