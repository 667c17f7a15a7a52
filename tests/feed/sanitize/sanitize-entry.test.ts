import { describe, expect, it } from 'vitest';
import { type Entry, toEntryId } from '../../../src/domain/entry.ts';
import type { Feed } from '../../../src/domain/feed.ts';
import type { UntrustedHtml } from '../../../src/domain/html.ts';
import { toSourceId } from '../../../src/domain/source.ts';
import { sanitizeEntry, sanitizeFeed } from '../../../src/feed/sanitize/sanitize-entry.ts';
import { givenUrl } from '../../support/given.ts';

const base = givenUrl('https://example.org/posts/1');
const bare: Entry<UntrustedHtml> = {
  id: toEntryId(toSourceId(base), 'a'),
  guid: 'a',
  title: 'A',
  summary: '',
  authors: [],
  categories: [{ term: 'water' }],
  enclosures: [],
};
const prose = 'The river rose again last night, and the people of the town waited for the morning on the upper floor.';

describe('an entry', () => {
  it('takes the still picture of its video where it has no other', () => {
    const video = '<video poster="/p.jpg" src="/v.mp4"></video>';
    expect(sanitizeEntry({ ...bare, content: { markup: video, base } }).image).toBe('https://example.org/p.jpg');
    const markup = `${video}<img src="/a.jpg">`;
    expect(sanitizeEntry({ ...bare, content: { markup, base } }).image).toBe('https://example.org/a.jpg');
  });

  it('gets summary, language and image from its content', () => {
    const markup = `<img src="/i.gif" width="20"><img src="/a.jpg?x=1&amp;y=2"><p>${prose}</p>`;
    expect(sanitizeEntry({ ...bare, content: { markup, base } })).toEqual({
      ...bare,
      content: `<img src="https://example.org/i.gif" width="20" loading="lazy" /><img src="https://example.org/a.jpg?x=1&amp;y=2" loading="lazy" /><p>${prose}</p>`,
      summary: prose,
      language: 'en',
      image: 'https://example.org/a.jpg?x=1&y=2',
    });
  });

  it('keeps what its publisher said', () => {
    const said = { ...bare, summary: 'S', language: 'sv', image: givenUrl('https://example.org/said.jpg') };
    const markup = `<img src="/a.jpg"><p>${prose}</p>`;
    expect(sanitizeEntry({ ...said, content: { markup, base } })).toMatchObject(said);
  });

  it('has no content when it had none', () => {
    expect(sanitizeEntry(bare)).toEqual(bare);
  });

  it('has its title sanitized', () => {
    const titleHtml = { markup: '<b onclick=x()>A</b>', base };
    expect(sanitizeEntry({ ...bare, titleHtml }).titleHtml).toBe('<b>A</b>');
  });

  it('takes a summary from the beginning of a long content only', () => {
    const content = { markup: `<p>${prose}</p>`.repeat(2000), base };
    expect(sanitizeEntry({ ...bare, content }).summary).toBe(`${prose} ${prose}`);
  });
});

it('a feed has its title and every entry sanitized', () => {
  const feed: Feed<UntrustedHtml> = {
    title: 'F',
    titleHtml: { markup: '<i>F</i><script>x()</script>' },
    description: '',
    hubs: [],
    authors: [],
    categories: [],
    cadence: { skipHours: [], skipDays: [] },
    entries: [bare, { ...bare, content: { markup: '<p onclick=x()>b' } }],
  };
  const safe = sanitizeFeed(feed);
  expect(safe.titleHtml).toBe('<i>F</i>');
  expect(safe.entries.map((entry) => entry.content)).toEqual([undefined, '<p>b</p>']);
});
