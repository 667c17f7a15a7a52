import { describe, expect, it } from 'vitest';
import { parseTitleLink } from '../../../../src/feed/read/archived-article/title.ts';

describe('parseTitleLink', () => {
  it.each([
    ['[Title](https://a.example/x)', 'Title', 'https://a.example/x'],
    ['  ## [Title](https://a.example/x)  ', 'Title', 'https://a.example/x'],
    ['[A \\[b\\] c](https://a.example/)', 'A [b] c', 'https://a.example/'],
    ['[A [b] c](https://a.example/)', 'A [b] c', 'https://a.example/'],
    ['[A ] b](https://a.example/)', 'A ] b', 'https://a.example/'],
    ['[A [b](c) d](https://a.example/)', 'A [b](c) d', 'https://a.example/'],
    ['[T](https://a.example/River_(Thames))', 'T', 'https://a.example/River_(Thames)'],
    ['[T](https://a.example/x(y)', 'T', 'https://a.example/x(y'],
    ['[T](https://a.example/x)y)', 'T', 'https://a.example/x)y'],
    ['[T](https://a.example/a](b)', 'T', 'https://a.example/a](b'],
    ['[T](<https://a.example/a b>)', 'T', 'https://a.example/a%20b'],
    ['[T](https://a.example/x "a tool tip")', 'T', 'https://a.example/x'],
    ['[Q &amp; A &#8212; \\*now\\*](https://a.example/)', 'Q & A — *now*', 'https://a.example/'],
    ['[标题（一）](https://a.example/%E6%B2%B3)', '标题（一）', 'https://a.example/%E6%B2%B3'],
    ['[](https://a.example/)', '', 'https://a.example/'],
  ])('%s', (line, title, permalink) => {
    expect(parseTitleLink(line)).toEqual({ kind: 'link', title, permalink, trailing: '' });
  });

  it('tells text after the link', () => {
    expect(parseTitleLink('[T](https://a.example/x) (a note)')).toMatchObject({
      permalink: 'https://a.example/x',
      trailing: '(a note)',
    });
  });

  it.each(['Title', '[Title]', '[Title] (https://a.example/)', '', '(https://a.example/)'])(
    '%j is not a link',
    (line) => {
      expect(parseTitleLink(line)).toEqual({ kind: 'not-a-link' });
    },
  );

  it.each([
    ['[T](nowhere)', 'nowhere'],
    ['[T](ftp://a.example/)', 'ftp://a.example/'],
    ['[T](https://)', 'https://'],
  ])('%s has a bad URL', (line, url) => {
    expect(parseTitleLink(line)).toEqual({ kind: 'bad-url', url });
  });
});
