import { describe, expect, it } from 'vitest';
import { becomesSecret, hideSecrets, secretParts } from '../../src/domain/secret-address.ts';
import { givenUrl } from '../support/given.ts';

function hide(url: string, text: string): string {
  return hideSecrets(text, secretParts(givenUrl(url)));
}

describe('what is hidden of a secret address', () => {
  it.each([
    ['https://a.test/feed?token=q7Zt3L', 'Your token is q7Zt3L.', 'Your token is hidden.'],
    [
      'https://a.test/feed?token=supersecret',
      '<a href="/ep.mp3?token=supersecret">',
      '<a href="/ep.mp3?token=hidden">',
    ],
    ['https://a.test/feed?key=news&id=5', '/e.mp3?id=5&amp;key=news', '/e.mp3?id=5&amp;key=hidden'],
    ['https://a.test/rss?user=jon&feed=a8', '/x?user=jon&feed=a8', '/x?user=hidden&feed=hidden'],
    ['https://a.test/feed?u=ab12cd34', 'see ab12cd34', 'see hidden'],
    ['https://a.test/feed?x=1', 'at https://a.test/feed?x=1.', 'at https://hidden.invalid/.'],
    ['https://jon:pass@a.test/feed', 'at https://jon:pass@a.test/other', 'at https://a.test/other'],
  ])('%s in %s', (url, text, shown) => {
    expect(hide(url, text)).toBe(shown);
  });

  it.each([
    ['https://a.test/feed?feed=podcast&token=q7Zt3L', 'A podcast about feeds'],
    ['https://a.test/feed?category=technology&key=q7Zt3L', 'Technology, technology'],
    ['https://a.test/feed?key=news', 'No news today'],
    ['https://john:q7Zt3L@a.test/feed', 'john wrote this'],
    ['https://a.test/feed?year=20261127', 'on 20261127'],
  ])('words that happen to stand in %s stay: %s', (url, text) => {
    expect(hide(url, text)).toBe(text);
  });
});

it('a source becomes secret with its new address, unless its owner unmarked one of the same kind', () => {
  const [plain, token, path] = [
    'https://a.test/feed',
    'https://a.test/feed?token=q7Zt3L',
    'https://a.test/q7Zt3Lw9Kd2Xv8Bn4Rm6/feed',
  ].map(givenUrl) as [ReturnType<typeof givenUrl>, ReturnType<typeof givenUrl>, ReturnType<typeof givenUrl>];
  expect([
    becomesSecret(plain, token),
    becomesSecret(plain, path),
    becomesSecret(token, token),
    becomesSecret(path, path),
    becomesSecret(token, plain),
  ]).toEqual([true, true, false, false, false]);
});
