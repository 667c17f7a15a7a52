import { describe, expect, it } from 'vitest';
import { parseIsoInstant, takeDateBlock } from '../../../../src/feed/read/archived-article/date.ts';
import { parseHtmlDocument } from '../../../../src/feed/read/page/dom.ts';

function take(markup: string): { date: string | undefined; authors: readonly string[] | undefined; left: string } {
  const { body } = parseHtmlDocument(`<html><head></head><body>${markup}</body></html>`);
  const found = takeDateBlock(body);
  return { date: found?.date, authors: found?.authors, left: body.innerHTML };
}

describe('takeDateBlock', () => {
  it.each([
    ['<div><i><br>2023-02-01T12:13:26.020Z</i></div>', '2023-02-01T12:13:26.020Z'],
    ['<div><i>2023-02-01T12:13:26Z</i></div>', '2023-02-01T12:13:26Z'],
    ['<p>2023-02-01</p>', '2023-02-01'],
    ['\n <div>\n <i>\n <br> 2023-02-01 12:13 \n</i></div>', '2023-02-01 12:13'],
    ['<i>2023-02-01T12:13:26+02:00</i>', '2023-02-01T12:13:26+02:00'],
    ['2023-02-01T12:13:26Z', '2023-02-01T12:13:26Z'],
    ['<div>Published: 2023-02-01</div>', '2023-02-01'],
    ['<div>发布时间：2023-02-01</div>', '2023-02-01'],
    ['<p><time datetime="2023-02-01T12:00:00Z">1 February 2023</time></p>', '2023-02-01T12:00:00Z'],
  ])('%s', (block, date) => {
    expect(take(`${block}<p>Rest</p>`)).toEqual({
      date,
      authors: [],
      left: expect.stringMatching(/^\s*<p>Rest<\/p>$/),
    });
  });

  it('reads the byline beside the date', () => {
    expect(take('<div><i>By Ada Reed, 林 青<br>2023-02-01</i></div><p>x</p>').authors).toEqual(['Ada Reed', '林 青']);
    expect(take('<div><i>2023-02-01<br>Ada Reed</i></div><p>x</p>').authors).toEqual(['Ada Reed']);
  });

  it('is found behind an image and inside a wrapper', () => {
    expect(take('<img src="a"><div><i>2023-02-01</i></div><p>x</p>')).toMatchObject({ left: '<img src="a"><p>x</p>' });
    expect(take('<div><div><i>2023-02-01</i></div><p>x</p></div>')).toMatchObject({ left: '<div><p>x</p></div>' });
  });

  it.each([
    '<p>On 2023-02-01 it rained.</p>',
    '<p>2023-02-01 was wet.</p>',
    '<p>Who knew?<br>2023-02-01</p>',
    '<p>Words.</p><div><i>2023-02-01</i></div>',
    '<p>One<br>two<br>2023-02-01</p>',
    '<div><p><i>2023-02-01</i> was the day.</p><p>x</p></div>',
  ])('leaves %s alone', (markup) => {
    expect(take(markup)).toEqual({ date: undefined, authors: undefined, left: markup });
  });

  it('takes out a block whose day does not exist, without a moment', () => {
    const { body } = parseHtmlDocument('<html><body><div><i>2023-02-30</i></div><p>x</p></body></html>');
    expect(takeDateBlock(body)).toEqual({ date: '2023-02-30', published: undefined, authors: [] });
  });
});

describe('parseIsoInstant', () => {
  it.each([
    ['2023-02-01T12:13:26.020Z', '2023-02-01T12:13:26.020Z'],
    ['2023-02-01', '2023-02-01T00:00:00.000Z'],
    ['2023-02-01 12:13', '2023-02-01T12:13:00.000Z'],
    ['2023-02-01T12:13:26,5+0530', '2023-02-01T06:43:26.500Z'],
    ['2023-02-01T00:00:00-08:00', '2023-02-01T08:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2023-12-31T24:00:00Z', '2024-01-01T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2023-02-01T12:13:26.123456789Z', '2023-02-01T12:13:26.123Z'],
  ])('%s', (text, iso) => {
    expect(new Date(parseIsoInstant(text) ?? Number.NaN).toISOString()).toBe(iso);
  });

  it.each([
    '2023-02-29',
    '2023-13-01',
    '2023-00-01',
    '2023-01-00',
    '2023-01-01T25:00',
    '2023-01-01T24:01',
    '2023',
    '',
    '0500-01-01',
  ])('%j is no date', (text) => {
    expect(parseIsoInstant(text)).toBeUndefined();
  });
});
