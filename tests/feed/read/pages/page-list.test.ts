import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Document } from '../../../../src/domain/document.ts';
import type { HttpUrl } from '../../../../src/domain/http-url.ts';
import { renderRfc3339 } from '../../../../src/domain/instant.ts';
import type { PageSelectors } from '../../../../src/domain/page-selectors.ts';
import { toSourceId } from '../../../../src/domain/source.ts';
import { normalizeFeed } from '../../../../src/feed/read/normalize-feed.ts';
import { proposeForDocument } from '../../../../src/feed/read/page-list/propose-selectors.ts';
import { readPageList } from '../../../../src/feed/read/page-list/read-page-list.ts';
import { expectFailure, expectOk, givenInstant, givenUrl } from '../../../support/given.ts';

const folder = new URL('../../../fixtures/pages/', import.meta.url).pathname;
const now = givenInstant('2026-11-27T12:00:00Z');

/** What the page of a fixture holds, and the selectors that a person would choose. */
interface Expected {
  readonly url: HttpUrl;
  readonly page: PageSelectors;
  readonly entries: readonly Readonly<Record<string, string>>[];
}

const names = readdirSync(folder)
  .filter((name) => name.endsWith('.html'))
  .map((name) => name.replace('.html', ''));

function given(name: string): Expected & { readonly document: Document } {
  const expected = JSON.parse(readFileSync(`${folder}${name}.expected.json`, 'utf8')) as Expected;
  return { ...expected, document: { bytes: readFileSync(`${folder}${name}.html`), url: expected.url } };
}

function documentOf(text: string, url = 'https://places.example/blog/'): Document {
  return { bytes: new TextEncoder().encode(text), url: givenUrl(url) };
}

/** The entries of a document, as much of each as `like` has. */
function read(document: Document, page: PageSelectors | undefined, like: Expected['entries'] = []) {
  const { raw } = expectOk(readPageList(document, page, now));
  const { feed } = normalizeFeed(raw, { sourceId: toSourceId(document.url), document });
  return feed.entries.map((entry, at) => {
    const { title, url, published, image, authors } = entry;
    const all: Record<string, string | undefined> = {
      title,
      url,
      published: published === undefined ? undefined : renderRfc3339(published),
      image,
      author: authors[0]?.name,
    };
    return like[at] === undefined ? all : Object.fromEntries(Object.keys(like[at]).map((key) => [key, all[key]]));
  });
}

describe('a page by chosen selectors', () => {
  it.each(names)('is read: %s', (name) => {
    const { document, page, entries } = given(name);
    expect(read(document, page, entries)).toEqual(entries);
  });

  it('has summaries, pictures and authors, too', () => {
    const { document, page } = given('cards');
    const { raw } = expectOk(readPageList(document, page, now));
    const { feed } = normalizeFeed(raw, { sourceId: toSourceId(document.url), document });
    expect(feed).toMatchObject({ title: 'The Ferry Log', language: 'en', siteUrl: 'https://places.example/blog/' });
    expect(feed.entries[0]?.content?.markup).toContain('three numbers every morning');
    expect(read(given('table').document, given('table').page)[0]?.['author']).toBe('J. Example');
    expect(read(given('front-page').document, given('front-page').page)[0]?.['author']).toMatch(/^Ada Example/);
    expect(read(given('card-links').document, given('card-links').page)[0]?.['image']).toBe(
      'https://places.example/pic/0.webp',
    );
  });

  it('reads JSON by paths', () => {
    const page = {
      item: '$.data.articles[*]',
      title: 'headline',
      link: '$.path',
      date: 'published_at',
      image: 'cover.url',
      author: 'authors[*].name',
    };
    const document = { bytes: readFileSync(`${folder}api.json`), url: givenUrl('https://places.example/api/list') };
    const [first, ...others] = read(document, page);
    expect(first).toEqual({
      title: 'How the lock keepers read the water',
      url: 'https://places.example/a/how-the-lock-keepers-read-the-water',
      published: '2026-11-24T06:00:00Z',
      image: 'https://places.example/c/0.png',
      author: 'Ada Example',
    });
    expect(others).toHaveLength(3);
  });

  it('gives an entry the same id whatever its date is told from', () => {
    const { document, page } = given('relative-dates');
    const idsAt = (at: string) => {
      const { raw } = expectOk(readPageList(document, page, givenInstant(at)));
      return normalizeFeed(raw, { sourceId: toSourceId(document.url), document }).feed.entries.map(({ id }) => id);
    };
    expect(idsAt('2026-11-27T12:00:00Z')).toEqual(idsAt('2026-12-03T05:10:00Z'));
  });
});

/** What the best proposal for a fixture reads. */
function readProposed(name: string): unknown {
  const { document, entries } = given(name);
  const [proposal] = proposeForDocument(document, now);
  return proposal && read(document, proposal.page, entries);
}

describe('proposed selectors', () => {
  it.each(names)('read %s', (name) => {
    expect(readProposed(name)).toEqual(given(name).entries);
  });

  it('are paths where the document is JSON', () => {
    const document = { bytes: readFileSync(`${folder}api.json`), url: givenUrl('https://places.example/api/list') };
    expect(proposeForDocument(document, now)[0]?.page).toEqual({
      item: '$.data.articles[*]',
      title: 'headline',
      link: 'path',
      date: 'published_at',
      summary: 'teaser',
      image: 'cover.url',
      author: 'authors[*].name',
    });
  });

  it('are not made up where nothing repeats', () => {
    expect(
      proposeForDocument(documentOf('<html><body><p>Hello</p><a href="/a">One link</a></body></html>'), now),
    ).toEqual([]);
    expect(proposeForDocument(documentOf('{"a": [1, 2]}'), now)).toEqual([]);
    expect(proposeForDocument(documentOf('{"a": ['), now)).toEqual([]);
  });
});

describe('a page that is not what it was', () => {
  it('fails and says what to do', () => {
    const { document } = given('cards');
    expect(expectFailure(readPageList(document, { item: '.former-card' }, now))).toEqual({
      kind: 'no-items',
      detail: 'nothing matches ".former-card" any more',
    });
    expect(expectFailure(readPageList(document, { item: '.card-date' }, now))).toMatchObject({
      kind: 'no-items',
      detail: expect.stringContaining('none of them has a link'),
    });
    expect(expectFailure(readPageList(documentOf('<html><body>Bye</body></html>'), undefined, now)).kind).toBe(
      'no-items',
    );
    expect(expectFailure(readPageList(documentOf(' '), { item: 'p' }, now)).kind).toBe('empty-document');
    expect(expectFailure(readPageList(documentOf('{"a":1}'), { item: 'p' }, now)).kind).toBe('no-items');
    expect(expectFailure(readPageList(documentOf('<p>'), { item: '$.a' }, now)).kind).toBe('no-items');
  });
});
