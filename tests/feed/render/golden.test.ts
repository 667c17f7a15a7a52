/**
 * Whole documents, byte for byte: a change of these files is a change that every subscriber sees.
 */
import { describe, expect, it } from 'vitest';
import type { EntryId } from '../../../src/domain/entry.ts';
import { restoreSafeHtml } from '../../../src/domain/html.ts';
import { toSourceId } from '../../../src/domain/source.ts';
import { type ContentMode, type FeedFormat, feedFormats } from '../../../src/domain/view.ts';
import { renderOpml } from '../../../src/feed/render/opml-writer.ts';
import { findFaults } from '../../support/feed-rules.ts';
import { givenInstant, givenUrl } from '../../support/given.ts';
import { givenEntry, givenHead } from '../../support/given-entries.ts';
import { renderFeed } from '../../support/render-feed.ts';

const lighthouse = givenEntry({
  id: 'aaaaaaaaaaaaaaaaaaaa' as EntryId,
  guid: 'https://lighthouse.example/2024/lamps',
  url: givenUrl('https://lighthouse.example/2024/lamps?lang=en&page=1'),
  externalUrl: givenUrl('https://museum.example/lamps'),
  title: 'Lamps & lenses: how <b> got its name',
  titleHtml: restoreSafeHtml('Lamps &amp; lenses: how <code>&lt;b&gt;</code> got its name'),
  summary: 'Bold is 40 & counting. Is it < 50?',
  content: restoreSafeHtml(
    '<p>The keeper’s log ends with <code>]]&gt;</code>, or raw: ]]> .</p>\n<img src="https://lighthouse.example/l.jpg" alt="A lamp">',
  ),
  published: givenInstant('2024-05-04T05:06:07.089Z'),
  updated: givenInstant('2024-05-05T10:00:00Z'),
  authors: [
    { name: 'Ines Wächter', email: 'ines@lighthouse.example', url: givenUrl('https://lighthouse.example/~ines') },
    { name: 'O. "Oil" Lampe' },
  ],
  categories: [
    { term: 'history', scheme: 'https://lighthouse.example/topics', label: 'History' },
    { term: 'Light' },
    { term: 'Light' },
  ],
  enclosures: [
    { url: givenUrl('https://lighthouse.example/l.jpg'), type: 'image/jpeg', lengthBytes: 20_480 },
    {
      url: givenUrl('https://lighthouse.example/lamps.mp3'),
      type: 'audio/mpeg',
      lengthBytes: 1_234_567,
      durationSeconds: 754,
      title: 'Read aloud',
    },
    { url: givenUrl('https://lighthouse.example/plans') },
  ],
  image: givenUrl('https://lighthouse.example/l.jpg'),
  rights: '© 2024 Lighthouse',
  commentsUrl: givenUrl('https://lighthouse.example/2024/lamps#comments'),
  via: { title: 'Coast Planet', url: givenUrl('https://coast.example/feed') },
  origin: {
    sourceId: toSourceId(givenUrl('https://lighthouse.example/feed.xml')),
    title: 'The Lighthouse & Co.',
    feedUrl: givenUrl('https://lighthouse.example/feed.xml'),
    siteUrl: givenUrl('https://lighthouse.example/'),
    rights: 'CC BY 4.0',
  },
  tags: [
    { slug: 'history', label: 'History' },
    { slug: 'sea-side', label: 'Sea side' },
  ],
});

// From an archived article: a site without a feed, right to left, no update, no author.
const arabic = givenEntry({
  id: 'bbbbbbbbbbbbbbbbbbbb' as EntryId,
  guid: 'https://akhbar.example/a/12',
  url: givenUrl('https://akhbar.example/a/12'),
  title: 'قطار الليل يعود',
  summary: 'عاد القطار بعد عشر سنوات.',
  content: restoreSafeHtml('<p dir="rtl">عاد القطار بعد عشر سنوات.</p>'),
  published: givenInstant('2023-11-30T22:15:00Z'),
  authors: [],
  language: 'ar',
  origin: {
    sourceId: toSourceId(givenUrl('https://akhbar.example/')),
    title: 'أخبار',
    siteUrl: givenUrl('https://akhbar.example/'),
  },
  tags: [{ slug: 'سفر', label: 'سفر' }],
});

// The least there can be: a note without title, link or dates, under a number that means nothing elsewhere.
const { url: _url, published: _published, updated: _updated, content: _content, ...bare } = givenEntry();
const note = { ...bare, id: 'cccccccccccccccccccc' as EntryId, guid: '42', title: '', summary: 'Fog. Nothing to see.' };

const entries = [lighthouse, arabic, note];

const extension: Readonly<Record<FeedFormat, string>> = { rss: 'rss.xml', atom: 'atom.xml', json: 'json' };
const modes: ContentMode[] = ['full', 'summary', 'none'];

describe.each(feedFormats)('%s', (format) => {
  it.each(modes)('shows three different entries in mode %s as ever', async (mode) => {
    const document = renderFeed(format, givenHead(format), entries, mode);
    await expect(document).toMatchFileSnapshot(`../../golden/entries.${mode}.${extension[format]}`);
    expect(findFaults(format, document)).toEqual([]);
  });

  it('frames an archive document with all its neighbours as ever', async () => {
    const head = givenHead(format, {
      title: 'Tributary: May & <June>',
      hubs: [givenUrl('https://hub.example/'), givenUrl('https://hub2.example/?a=1&b=2')],
      nextUrl: givenUrl('https://tributary.example/archive/2024-05/all?before=x&limit=50'),
      previousUrl: givenUrl('https://tributary.example/archive/2024-05/all?before=z'),
      firstUrl: givenUrl('https://tributary.example/archive/2024-05/all'),
      currentUrl: givenUrl('https://tributary.example/all'),
      prevArchiveUrl: givenUrl('https://tributary.example/archive/2024-04/all'),
      nextArchiveUrl: givenUrl('https://tributary.example/archive/2024-06/all'),
      isArchive: true,
    });
    await expect(renderFeed(format, head, [], 'full')).toMatchFileSnapshot(`../../golden/archive.${extension[format]}`);
  });
});

describe('opml', () => {
  it('lists subscriptions as ever', async () => {
    const document = renderOpml({
      title: 'Subscriptions of <Tributary>',
      sources: [
        {
          title: 'The Lighthouse & "Co."',
          url: givenUrl('https://lighthouse.example/feed.xml?a=1&b=2'),
          siteUrl: givenUrl('https://lighthouse.example/'),
          tags: [
            { slug: 'history', label: 'History' },
            { slug: 'sea-side', label: 'Sea, side' },
          ],
        },
        { title: ' ', url: givenUrl('https://nameless.example/rss'), tags: [] },
      ],
    });
    await expect(document).toMatchFileSnapshot('../../golden/subscriptions.opml');
  });
});
