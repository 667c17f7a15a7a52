import { expect, it } from 'vitest';
import { parseLinkHeader, targetsOf } from '../../src/domain/link-header.ts';

const base = 'https://up.river.org/a/feed.xml';

it.each([
  ['<https://hub.river.org/>; rel="hub"', ['https://hub.river.org/']],
  ['<https://hub.river.org/>; rel=hub', ['https://hub.river.org/']],
  [
    '<https://one.org/>; rel="self", <https://hub.river.org/?a=1,2>; title="a, b <c>"; rel="hub"',
    ['https://hub.river.org/?a=1,2'],
  ],
  ['</hub>;rel="alternate HUB"', ['https://up.river.org/hub']],
  ['<a>; rel=hub, <b>; rel=hub', ['https://up.river.org/a/a', 'https://up.river.org/a/b']],
  ['<javascript:alert(1)>; rel=hub', []],
  ['<https://hub.river.org/>', []],
  ['<https://hub.river.org/>; rel="', []],
  ['nonsense; rel=hub', []],
  ['', []],
])('reads the hubs of %s', (header, hubs) => {
  expect(targetsOf(parseLinkHeader(header, base), 'hub')).toEqual(hubs);
});

it('takes no time for a long header', () => {
  const start = performance.now();
  parseLinkHeader(`<a>${';"'.repeat(100_000)}`, base);
  parseLinkHeader('<'.repeat(200_000), base);
  expect(performance.now() - start).toBeLessThan(1000);
});
