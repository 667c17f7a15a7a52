import { assert, date, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderRfc3339 } from '../../../../src/domain/instant.ts';
import { parseRelativeDate } from '../../../../src/feed/read/dates/relative-dates.ts';
import { givenInstant } from '../../../support/given.ts';

const now = givenInstant('2026-03-15T12:30:00Z');

describe('dates told from the day of reading', () => {
  it.each([
    ['just now', '2026-03-15T12:30:00Z'],
    ['5 minutes ago', '2026-03-15T12:25:00Z'],
    ['an hour ago', '2026-03-15T11:30:00Z'],
    ['2h ago', '2026-03-15T10:30:00Z'],
    ['Yesterday', '2026-03-14T00:00:00Z'],
    ['yesterday at 18:45', '2026-03-14T18:45:00Z'],
    ['today, 23:59', '2026-03-15T00:00:00Z'],
    ['3 days ago', '2026-03-12T00:00:00Z'],
    ['Posted 2 weeks ago', '2026-03-01T00:00:00Z'],
    ['6 months ago', '2025-09-16T00:00:00Z'],
    ['1 year ago', '2025-03-15T00:00:00Z'],
    ['vor 3 Tagen', '2026-03-12T00:00:00Z'],
    ['vor einer Stunde', '2026-03-15T11:30:00Z'],
    ['gestern', '2026-03-14T00:00:00Z'],
    ['il y a 2 jours', '2026-03-13T00:00:00Z'],
    ['hier', '2026-03-14T00:00:00Z'],
    ['hace 4 horas', '2026-03-15T08:30:00Z'],
    ['ayer', '2026-03-14T00:00:00Z'],
    ['2 giorni fa', '2026-03-13T00:00:00Z'],
    ['há 3 dias', '2026-03-12T00:00:00Z'],
    ['3 dagen geleden', '2026-03-12T00:00:00Z'],
    ['2 dni temu', '2026-03-13T00:00:00Z'],
    ['5 gün önce', '2026-03-10T00:00:00Z'],
    ['2 часа назад', '2026-03-15T10:30:00Z'],
    ['вчера', '2026-03-14T00:00:00Z'],
    ['قبل 3 أيام', '2026-03-12T00:00:00Z'],
    ['أمس', '2026-03-14T00:00:00Z'],
    ['3小时前', '2026-03-15T09:30:00Z'],
    ['2 天前', '2026-03-13T00:00:00Z'],
    ['昨天 08:15', '2026-03-14T08:15:00Z'],
    ['5時間前', '2026-03-15T07:30:00Z'],
    ['2ヶ月前', '2026-01-14T00:00:00Z'],
    ['3일 전', '2026-03-12T00:00:00Z'],
    ['12 March', '2026-03-12T00:00:00Z'],
    ['Nov 3', '2025-11-03T00:00:00Z'],
    ['3月10日', '2026-03-10T00:00:00Z'],
    ['12月30日', '2025-12-30T00:00:00Z'],
    ['24.12.', '2025-12-24T00:00:00Z'],
    ['02-27', '2026-02-27T00:00:00Z'],
  ])('%s', (text, at) => {
    const read = parseRelativeDate(text, now);
    expect(read === undefined ? undefined : renderRfc3339(read)).toBe(at);
  });

  it.each([
    '',
    'ago',
    '3 comments',
    'Chapter 12',
    '5 min read',
    'before 3 days',
    'Hierarchy',
    'March',
    '12',
    'in 3 days',
  ])('not %s', (text) => {
    expect(parseRelativeDate(text, now)).toBeUndefined();
  });

  it('are never later than the day of reading, whatever the text', () => {
    assert(
      property(
        string(),
        integer({ min: 0, max: 9999 }),
        date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (text, amount, at) => {
          const asked = givenInstant(at.getTime());
          for (const one of [text, `${amount} ${text} ago`, `${amount} days ago`, `${amount}月${amount}日`]) {
            expect(parseRelativeDate(one, asked) ?? asked).toBeLessThanOrEqual(asked);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
