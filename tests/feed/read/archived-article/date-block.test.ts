import { describe, expect, it } from 'vitest';
import { takeDateBlock } from '../../../../src/feed/read/archived-article/date-block.ts';
import { parseZonedDate, settleDate } from '../../../../src/feed/read/archived-article/zoned-date.ts';
import { parseHtmlDocument } from '../../../../src/feed/read/page/dom.ts';
import { givenInstant } from '../../../support/given.ts';

function take(markup: string): { date: string | undefined; authors: readonly string[] | undefined; left: string } {
  const { body } = parseHtmlDocument(`<html><head></head><body>${markup}</body></html>`);
  const found = takeDateBlock(body, { dayFirst: true });
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
    expect(takeDateBlock(body, { dayFirst: true })).toEqual({ date: '2023-02-30', published: undefined, authors: [] });
  });
});

describe('parseZonedDate', () => {
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
    expect(new Date(parseZonedDate(text, { dayFirst: true }) ?? Number.NaN).toISOString()).toBe(iso);
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
    expect(parseZonedDate(text, { dayFirst: true })).toBeUndefined();
  });
});

describe('a date in a dialect', () => {
  const paris = { zone: 'Europe/Paris', dayFirst: true };
  it.each([
    ['12/10/2020 - 18:05', paris, '2020-10-12T16:05:00.000Z'],
    ['12/01/2020 - 18:05', paris, '2020-01-12T17:05:00.000Z'],
    ['03/04/2020', { dayFirst: true }, '2020-04-03T00:00:00.000Z'],
    ['03/04/2020', { dayFirst: false }, '2020-03-04T00:00:00.000Z'],
    ['13/04/2020', { dayFirst: false }, '2020-04-13T00:00:00.000Z'],
    ['04/13/2020', { dayFirst: true }, '2020-04-13T00:00:00.000Z'],
    ['03.04.2020', { dayFirst: false }, '2020-04-03T00:00:00.000Z'],
    ['Thu, 08 Oct 2020 17:32:45 GMT', paris, '2020-10-08T17:32:45.000Z'],
    ['日期：Thu, 02 Jul 2020 18:28:24 +0000', paris, '2020-07-02T18:28:24.000Z'],
    ['2020-10-12 11:54:49', { zone: 'Asia/Shanghai', dayFirst: true }, '2020-10-12T03:54:49.000Z'],
    ['2020-10-12', { zone: 'Asia/Shanghai', dayFirst: true }, '2020-10-11T16:00:00.000Z'],
    ['2020-03-29 03:30', paris, '2020-03-29T01:30:00.000Z'],
    ['2020-10-25 12:00', paris, '2020-10-25T11:00:00.000Z'],
    ['2020-10-12T11:54:49+05:30', paris, '2020-10-12T06:24:49.000Z'],
    ['12/10/2020 6:05 PM', { dayFirst: true }, '2020-10-12T18:05:00.000Z'],
    ['2020年10月12日 18:05', { zone: 'Asia/Shanghai', dayFirst: true }, '2020-10-12T10:05:00.000Z'],
  ])('%s', (text, habits, iso) => {
    expect(new Date(parseZonedDate(text, habits) ?? Number.NaN).toISOString()).toBe(iso);
  });

  it.each(['1602518100000', '2020', '33/14/2020', 'a 3rd of it'])('%s is none', (text) => {
    expect(parseZonedDate(text, paris)).toBeUndefined();
  });
});

describe('settleDate', () => {
  const stamp = givenInstant('2020-10-12T12:00:00Z');
  it.each([
    ['2020-10-12T11:59:00Z', { published: givenInstant('2020-10-12T11:59:00Z') }],
    ['2020-10-12T12:00:01Z', { published: givenInstant('2020-10-12T11:00:01Z'), shifted: 1 }],
    ['2020-10-12T19:30:00Z', { published: givenInstant('2020-10-12T11:30:00Z'), shifted: 8 }],
    ['2020-10-13T02:00:00Z', { published: givenInstant('2020-10-12T12:00:00Z'), shifted: 14 }],
    ['2020-10-13T02:00:01Z', { published: stamp }],
  ])('%s', (published, settled) => {
    expect(settleDate(givenInstant(published), stamp)).toEqual(settled);
  });
});
