import { describe, expect, it } from 'vitest';
import { maxUrlLength, parseHttpUrl } from '../../src/domain/http-url.ts';

const base = 'https://example.org/';

describe('parseHttpUrl', () => {
  it.each([
    ['ü', 1_300],
    ['ü', 2_000],
    ['>', 2_700],
    ['>', 4_000],
    ['a', maxUrlLength - base.length],
    ['a', maxUrlLength],
  ])('gives what it gives again, or nothing: "%s" %i times', (letter, count) => {
    const once = parseHttpUrl(letter.repeat(count), base);
    expect(once === undefined ? undefined : parseHttpUrl(once)).toBe(once);
    expect(once?.length ?? 0).toBeLessThanOrEqual(maxUrlLength);
  });

  it('takes an address up to the limit, as encoded', () => {
    expect(parseHttpUrl('a'.repeat(maxUrlLength - base.length), base)).toHaveLength(maxUrlLength);
    expect(parseHttpUrl('>'.repeat(maxUrlLength / 2), base)).toBeUndefined();
  });

  it('refuses what is not http(s)', () => {
    expect(['javascript:alert(1)', 'data:,x', '//', 'x'].map((text) => parseHttpUrl(text))).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
  });
});
