import { describe, expect, it } from 'vitest';
import type { RecordedEntry } from '../../../src/domain/entry.ts';
import { restoreSafeHtml, type SafeHtml } from '../../../src/domain/html.ts';
import { parseHtmlDocument } from '../../../src/feed/read/page/dom.ts';
import { renderCard } from '../../../src/feed/render/card.ts';
import { toEntryKind, toPictureSize, toReadingMinutes } from '../../../src/feed/render/entry-kind.ts';
import { givenInstant, givenUrl } from '../../support/given.ts';
import { givenEntry } from '../../support/given-entries.ts';
import { givenKinds } from '../../support/given-kinds.ts';

const [note, picture, comic, video, podcast, long] = givenKinds(
  givenInstant('2026-11-22T10:30:00Z'),
  'https://pictures.example',
);

function cardOf(entry: RecordedEntry<SafeHtml> | undefined) {
  return parseHtmlDocument(`<html><body>${renderCard(entry ?? givenEntry())}</body></html>`).body;
}

describe('the kind of an entry', () => {
  it('is told by what it carries', () => {
    expect([note, picture, comic, video, podcast, long].map((entry) => toEntryKind(entry ?? givenEntry()))).toEqual([
      'note',
      'picture',
      'picture',
      'video',
      'audio',
      'article',
    ]);
  });

  it('is an article where a picture stands in a text', () => {
    const content = restoreSafeHtml(
      `<p>${'Many words stand here. '.repeat(40)}<img src="https://a.example/1.png"></p>`,
    );
    expect(toEntryKind(givenEntry({ content, image: givenUrl('https://a.example/1.png') }))).toBe('article');
  });

  it('is an article where the feed names a picture beside a short text', () => {
    const content = restoreSafeHtml('<p>A summary of one sentence.</p>');
    expect(toEntryKind(givenEntry({ content, image: givenUrl('https://a.example/1.png') }))).toBe('article');
  });

  it('is video where a player is framed with few words', () => {
    const content = restoreSafeHtml('<iframe src="https://www.youtube-nocookie.com/embed/x"></iframe>');
    expect(toEntryKind(givenEntry({ content }))).toBe('video');
  });
});

describe('a card', () => {
  it('shows the text of a note once, and its date leads to its page', () => {
    const card = cardOf(note);
    expect(card.textContent?.match(/Fog on the river/g)).toHaveLength(1);
    expect(card.querySelector('h2')).toBeNull();
    expect(card.querySelector('.meta a[href^="/entries/"] time')).not.toBeNull();
  });

  it('of a picture shows it large, in its own ratio where that is known, else in a box', () => {
    expect(cardOf(picture).querySelector('.card-image')?.getAttribute('height')).toBe('540');
    expect(cardOf(comic).querySelector('.card-image.boxed')).not.toBeNull();
  });

  it('of a recording says how long it is, and a video has a mark to play', () => {
    expect(cardOf(podcast).querySelector('.meta')?.textContent).toContain('Audio · 1:02:03');
    expect(cardOf(video).querySelector('.meta')?.textContent).toContain('Video · 12:34');
    expect(cardOf(video).querySelector('.play img')).not.toBeNull();
  });

  it('of a long read says how long it takes', () => {
    expect(cardOf(long).querySelector('.meta')?.textContent).toMatch(/1\d min read/);
    expect(cardOf(givenEntry()).textContent).not.toContain('min read');
  });

  it('without any words is called by its source', () => {
    expect(cardOf(givenEntry({ title: '', summary: '' })).querySelector('h2')?.textContent).toBe('Example');
  });
});

describe('reading time', () => {
  it('counts words, and characters where there are no spaces', () => {
    expect(toReadingMinutes(`<p>${'word '.repeat(460)}</p>`)).toBe(2);
    expect(toReadingMinutes(`<p>${'河'.repeat(1200)}</p>`)).toBe(3);
    expect(toReadingMinutes('<p></p>')).toBe(1);
  });
});

describe('the size of a picture', () => {
  it('is what the text says about it', () => {
    const image = givenUrl('https://a.example/1.png?a=1&b=2');
    const content = '<p><img src="https://a.example/1.png?a=1&amp;b=2" width="640" height="480"></p>';
    expect(toPictureSize({ image, content })).toEqual({ width: 640, height: 480 });
    expect(toPictureSize({ image, content: '<p><img src="https://a.example/2.png" width="1" height="1"></p>' })).toBe(
      undefined,
    );
  });
});
