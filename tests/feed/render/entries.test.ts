import { describe, expect, it } from 'vitest';
import type { RecordedEntry } from '../../../src/domain/entry.ts';
import type { SafeHtml } from '../../../src/domain/html.ts';
import { toHeading } from '../../../src/feed/render/heading.ts';
import { renderEntry } from '../../../src/feed/render/render-entry.ts';
import { givenInstant, givenUrl } from '../../support/given.ts';
import { givenEntry } from '../../support/given-entries.ts';

function item(entry: RecordedEntry<SafeHtml>): Record<string, unknown> {
  return JSON.parse(renderEntry('json', entry, 'full')) as Record<string, unknown>;
}

describe('ids', () => {
  it.each([['7'], ['123456789012'], ['post-1'], ['  '], ['\0']])(
    'puts our own in place of %j, which is not unique among many sources',
    (guid) => {
      const entry = givenEntry({ guid });
      const ours = `urn:tributary:entry:${entry.id}`;
      expect(renderEntry('rss', entry, 'full')).toContain(`<guid isPermaLink="false">${ours}</guid>`);
      expect(renderEntry('atom', entry, 'full')).toContain(`<id>${ours}</id>`);
      expect(item(entry)['id']).toBe(ours);
    },
  );

  it('keeps the publisher’s where it stands for itself, a URN only where Atom needs an IRI', () => {
    const entry = givenEntry({ guid: 'weather report 2024-03-01' });
    expect(renderEntry('rss', entry, 'full')).toContain('<guid isPermaLink="false">weather report 2024-03-01</guid>');
    expect(item(entry)['id']).toBe('weather report 2024-03-01');
    expect(renderEntry('atom', entry, 'full')).toContain(`<id>urn:tributary:entry:${entry.id}</id>`);
  });

  it('calls a guid a permalink only when it is the link', () => {
    expect(renderEntry('rss', givenEntry(), 'full')).toContain(
      '<guid isPermaLink="true">https://example.org/one</guid>',
    );
    expect(renderEntry('rss', givenEntry({ guid: 'https://example.org/?p=1' }), 'full')).toContain(
      '<guid isPermaLink="false">https://example.org/?p=1</guid>',
    );
  });
});

describe('dates', () => {
  const { published: _published, updated: _updated, ...undated } = givenEntry();

  it('are absent where they are unknown, and never now', () => {
    expect(renderEntry('rss', undated, 'full')).not.toMatch(/pubDate|updated/);
    expect(item(undated)).not.toHaveProperty('date_published');
    expect(item(undated)).not.toHaveProperty('date_modified');
    expect(renderEntry('atom', undated, 'full')).toContain('<updated>2024-03-02T09:35:00Z</updated>');
  });

  it('are said once in RSS when nothing was updated', () => {
    const at = givenInstant('2024-03-01T08:00:00Z');
    const text = renderEntry('rss', givenEntry({ published: at, updated: at }), 'full');
    expect(text).toContain('<pubDate>Fri, 01 Mar 2024 08:00:00 GMT</pubDate>');
    expect(text).not.toContain('atom:updated');
  });
});

describe('titles', () => {
  it('are text in RSS when no reader could take them for markup', () => {
    expect(renderEntry('rss', givenEntry({ title: 'AT&T: 1 < 2' }), 'full')).toContain(
      '<title>AT&amp;T: 1 &lt; 2</title>',
    );
  });

  it('are escaped once more in RSS when a reader would take them for markup', () => {
    expect(renderEntry('rss', givenEntry({ title: 'Why <b>?' }), 'full')).toContain(
      '<title>Why &#x26;lt;b&#x26;gt;?</title>',
    );
  });

  it('are made of the first words in Atom when there is none', () => {
    const summary =
      'Fog over the harbour again this morning, and the ferries wait for it to lift, as they did yesterday.';
    expect(renderEntry('atom', givenEntry({ title: '', summary }), 'full')).toContain(
      '<title>Fog over the harbour again this morning, and the ferries wait for it to lift…</title>',
    );
  });

  it('are left out of RSS and JSON Feed when there is none', () => {
    expect(renderEntry('rss', givenEntry({ title: ' ' }), 'full')).not.toContain('<title>');
    expect(item(givenEntry({ title: ' ' }))).not.toHaveProperty('title');
  });

  it('never cut a character', () => {
    const family = '👩‍👩‍👧';
    expect(toHeading(family.repeat(100), '')).toBe(`${family.repeat(80)}…`);
    expect(toHeading(' \n', 'Example')).toBe('Example');
  });
});

describe('modes', () => {
  it.each(['rss', 'atom', 'json'] as const)(
    'shows content in full, the summary in summary, neither in none (%s)',
    (format) => {
      const entry = givenEntry({ title: 'A', summary: 'A summary.', tags: [{ slug: 't', label: 'T' }] });
      const [full, summary, none] = (['full', 'summary', 'none'] as const).map((mode) =>
        renderEntry(format, entry, mode),
      );
      expect(full).toContain('first article');
      expect(full).toContain('A summary.');
      expect(summary).not.toContain('first article');
      expect(summary).toContain('A summary.');
      expect(none).not.toMatch(/first article|A summary/);
      expect(none).toContain('https://example.org/one');
    },
  );
});

describe('enclosures', () => {
  const picture = { url: givenUrl('https://example.org/a.PNG') };
  const episode = { url: givenUrl('https://example.org/a.mp3?x=1'), lengthBytes: 5 };

  it('gives the one enclosure of RSS to what can be heard or seen', () => {
    const text = renderEntry('rss', givenEntry({ enclosures: [picture, episode] }), 'full');
    expect(text.match(/<enclosure /g)).toHaveLength(1);
    expect(text).toContain('<enclosure url="https://example.org/a.mp3?x=1" length="5" type="audio/mpeg"/>');
    expect(text).toContain('<media:content url="https://example.org/a.PNG"/>');
  });

  it('guesses a type only where the format insists', () => {
    const entry = givenEntry({ enclosures: [picture, { url: givenUrl('https://example.org/constructor') }] });
    expect(item(entry)['attachments']).toEqual([
      { url: 'https://example.org/a.PNG', mime_type: 'image/png' },
      { url: 'https://example.org/constructor', mime_type: 'application/octet-stream' },
    ]);
    expect(renderEntry('atom', entry, 'full')).toContain('<link rel="enclosure" href="https://example.org/a.PNG"/>');
  });

  it.each([[-1], [1.5], [Number.NaN], [Number.POSITIVE_INFINITY], [2 ** 60]])(
    'takes a length of %d for unknown',
    (lengthBytes) => {
      const entry = givenEntry({ enclosures: [{ ...episode, lengthBytes }] });
      expect(renderEntry('rss', entry, 'full')).toContain('length="0"');
      expect(renderEntry('atom', entry, 'full')).not.toContain('length=');
    },
  );

  it.each([[0], [-1], [Number.NaN]])('takes a duration of %d for unknown', (durationSeconds) => {
    const entry = givenEntry({ enclosures: [{ ...episode, durationSeconds }] });
    expect(renderEntry('rss', entry, 'full')).not.toContain('media:content');
    expect(renderEntry('atom', entry, 'full')).not.toContain('media:content');
    expect(renderEntry('json', entry, 'full')).not.toContain('duration');
  });

  it.each([['audio'], ['audio/mpeg\n'], ['a b/c'], ['<b>/x'], ['']])('takes %j for no media type', (type) => {
    expect(renderEntry('atom', givenEntry({ enclosures: [{ ...episode, type }] }), 'full')).not.toContain('type="a');
  });
});

describe('categories', () => {
  it('add our tags only where no category says the same', () => {
    const entry = givenEntry({
      categories: [{ term: 'World' }, { term: 'tech', label: 'Technology' }],
      tags: [
        { slug: 'technology', label: 'technology' },
        { slug: 'trains', label: 'Trains' },
        { slug: 'world', label: 'WORLD' },
      ],
    });
    expect(item(entry)['tags']).toEqual(['World', 'tech', 'Trains']);
  });

  it('name a scheme in Atom only when it is an IRI', () => {
    const entry = givenEntry({ categories: [{ term: 'a', scheme: 'my topics' }] });
    expect(renderEntry('atom', entry, 'full')).toContain('<category term="a"/>');
    expect(renderEntry('rss', entry, 'full')).toContain('<category domain="my topics">a</category>');
  });

  it('are one in Atom when only a scheme that is no IRI told them apart', () => {
    const entry = givenEntry({ categories: [{ term: 'a', scheme: 'my topics' }, { term: 'a' }] });
    expect(renderEntry('atom', entry, 'full').match(/<category /g)).toHaveLength(1);
    expect(renderEntry('rss', entry, 'full').match(/<category/g)).toHaveLength(2);
  });
});

describe('people', () => {
  it('lets the origin answer for what nobody signed, in Atom only', () => {
    const entry = givenEntry({ authors: [{ name: ' ' }] });
    expect(renderEntry('atom', entry, 'full')).toContain('<author>\n<name>Example</name>\n</author>');
    expect(renderEntry('rss', entry, 'full')).not.toContain('dc:creator');
    expect(item(entry)).not.toHaveProperty('authors');
  });
});

describe('languages', () => {
  it.each([['english'], ['x'], ['en_US'], ['de"><b>']])('does not pass on %j', (language) => {
    const entry = givenEntry({ language });
    expect(renderEntry('atom', entry, 'full')).toMatch(/^<entry xml:lang="">/);
    expect(renderEntry('rss', entry, 'full')).not.toContain('dc:language');
    expect(item(entry)).not.toHaveProperty('language');
  });
});
