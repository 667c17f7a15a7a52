import { describe, expect, it } from 'vitest';
import { givenInstant } from '../../support/given.ts';
import { createBrowser, site } from '../../support/given-pages.ts';
import { givenRiver } from '../../support/given-river.ts';
import { givenSources } from '../../support/given-sources.ts';

const now = givenInstant('2026-11-22T10:30:00Z');
const entries = givenRiver(120, now);
const sources = givenSources({ entries, now });
const browser = createBrowser(sources);

async function fields(path: string): Promise<Record<string, string | null>> {
  const { document } = await browser.open(path);
  const inputs = [...document.querySelectorAll('form.builder input')].map((input) => [
    input.getAttribute('name'),
    input.getAttribute('value'),
  ]);
  const selects = [...document.querySelectorAll('form.builder select')].map((select) => [
    select.getAttribute('name'),
    select.querySelector('option[selected]')?.getAttribute('value') ?? null,
  ]);
  return Object.fromEntries([...inputs, ...selects].filter(([, value]) => value !== ''));
}

describe('the search form', () => {
  it.each([
    ['?q=river&all=&any=&none=&source=&lang=', '/search?q=river'],
    ['?q=&all=water,+rivers&any=&none=floods', '/search?tag=water&tag=rivers&tag=-floods'],
    ['?any=water、水文，ماء،rivers', '/search?tag=water%2C%E6%B0%B4%E6%96%87%2C%D9%85%D8%A7%D8%A1%2Crivers'],
    ['?none=-a,"b', '/search?tag=-a%2C-b'],
    ['?q=', '/search'],
  ])('%s is sent on to the address that says the same', async (given, address) => {
    const { response } = await browser.open(`/search${given}`);
    expect(response.headers.get('Location')).toBe(address);
    expect(response.status).toBe(303);
  });

  it('never sends on twice', async () => {
    for (const given of ['?q=a&all=b,c&any=d,e&none=f&since=&until=&limit=&content=', '?all=-,"', '?any=,,,']) {
      const { response } = await browser.open(`/search${given}`);
      const next = await browser.open(response.headers.get('Location') ?? '');
      expect([given, next.response.status]).toEqual([given, 200]);
    }
  });

  it('comes back filled with what was asked, and keeps what it has no field for', async () => {
    expect(
      await fields('/search?q=the+river&tag=water&tag=rivers,ecology&tag=-floods&lang=en&since=1w&limit=10'),
    ).toEqual({
      q: 'the river',
      all: 'water',
      any: 'ecology, rivers',
      none: 'floods',
      lang: 'en',
      since: '1w',
      limit: '10',
    });
    expect(await fields('/search?tag=a,b&tag=c,d&lang=-en&since=2024-05-01')).toEqual({
      any: 'a, b',
      tag: 'c,d',
      lang: '-en',
      start: '2024-05-01',
    });
  });
});

describe('a search', () => {
  it.each(['river', '水文站', 'الصهاريج', 'salmon -dam', '"river had not forgotten"'])(
    'finds %s, and its feeds find the same',
    async (words) => {
      const { document } = await browser.open(`/search?q=${encodeURIComponent(words)}`);
      const shown = [...document.querySelectorAll('.card h2 a')].map((link) => link.textContent);
      const address = document.querySelector('.subscribe input')?.getAttribute('value') ?? '';
      expect(address.startsWith(`${site}/rss.xml`)).toBe(true);
      const feed = await browser.open(address.slice(site.length).replace('rss.xml', 'feed.json'), {});
      const { items } = JSON.parse(feed.text) as { items: { title: string }[] };
      expect(shown).toEqual(items.map(({ title }) => title));
    },
  );

  it.each([
    ['/search', '120 entries'],
    ['/search?tag=rivers', '45 entries'],
    ['/search?tag=springs', '15 entries'],
    ['/search?tag=water,floods', '60 entries'],
    ['/search?tag=water&lang=zh', '15 entries'],
    ['/search?q=%22a+single+phrase+nobody+wrote%22', '0 entries'],
    [`/search?source=${entries[0]?.origin.sourceId}`, '20 entries'],
  ])('%s counts %s', async (path, words) => {
    const { document } = await browser.open(path);
    expect(document.querySelector('#found')?.textContent).toBe(words);
  });

  it('has the Archive count what the window does not hold, and text, up to a bound', async () => {
    const small = givenSources({ entries, now, windowSize: 70 });
    const wordsAt = async (path: string, from = small): Promise<string | null | undefined> =>
      (await createBrowser(from).open(path)).document.querySelector('#found')?.textContent;
    const since = entries[89]?.sortAt ?? 0;
    expect(await wordsAt(`/search?since=${new Date(since).toISOString()}&limit=10`)).toBe('90 entries');
    expect(await wordsAt('/search?tag=rivers&limit=10')).toBe('45 entries');
    const aboutDams = entries.filter(({ title, summary }) => /dam/i.test(title + summary)).length;
    expect(await wordsAt('/search?q=dam&limit=10')).toBe(`${aboutDams} entries`);
    const counting = (amount: number, more: boolean): typeof small => ({
      ...small,
      archive: { ...small.archive, count: async () => ({ amount, more }) },
    });
    expect(await wordsAt('/search?q=dam&limit=10', counting(1000, true))).toBe('More than 1,000 entries');
    expect(await wordsAt('/search?q=dam&limit=10', counting(312, true))).toBe('At least 312 entries');
  });

  it('does not count what it shows whole', async () => {
    const whole = givenSources({ entries, now });
    await createBrowser(whole).open('/search?q=dam&limit=200');
    await createBrowser(whole).open('/search?tag=water&since=365d&limit=10');
    expect(whole.asked).not.toContain('count');
  });

  it('says what to try when nothing matches, and can be subscribed to all the same', async () => {
    const { document } = await browser.open('/search?q=zzzz&since=7d');
    expect(document.querySelector('.empty')?.textContent).toContain('fewer or shorter words');
    expect(document.querySelectorAll('.subscribe input')).toHaveLength(3);
  });

  it('explains what it cannot understand beside the form', async () => {
    const { response, document } = await browser.open('/search?q=river&since=yesterday&bogus=1');
    expect(response.status).toBe(400);
    expect(document.querySelector('[role=alert]')?.textContent).toMatch(
      /Published: Give an ISO.*bogus: Unknown parameter/s,
    );
    expect(document.querySelector('#q')?.getAttribute('value')).toBe('river');
    const field = document.querySelector('#since');
    expect(field?.getAttribute('aria-invalid')).toBe('true');
    expect(field?.querySelector('[selected]')?.getAttribute('value')).toBe('yesterday');
    expect(document.querySelector(`#${field?.getAttribute('aria-describedby')}`)?.textContent).toMatch(/^Give an ISO/);
  });

  it('shows its filters as chips, and each can be taken away', async () => {
    const asked = '/search?q=dam&tag=rivers,water&tag=-floods&lang=en&since=1w&content=summary';
    const { document } = await browser.open(asked);
    const chips = [...document.querySelectorAll('.chips a[aria-label]')];
    expect(chips.map((chip) => chip.textContent)).toEqual([
      'With “dam” ×',
      'Tagged Rivers or Water ×',
      'Not tagged Floods ×',
      'In English ×',
      'Of the last 7 days ×',
      'Summaries only ×',
    ]);
    const rest = chips.map((chip) => new URL(chip.getAttribute('href') ?? '', site).searchParams);
    expect(rest.map((params) => params.size)).toEqual([5, 5, 5, 5, 5, 5]);
    expect(rest[2]?.getAll('tag')).toEqual(['rivers,water']);
  });

  it('comes first when something is asked, and can be kept and copied', async () => {
    const { document } = await browser.open('/search?tag=rivers');
    const isOpen = 'form details[open]';
    expect(document.querySelector(isOpen)).toBeNull();
    expect((await browser.open('/search')).document.querySelector(isOpen)).not.toBeNull();
    expect(document.querySelector('.acts a')?.getAttribute('href')).toBe('/admin/views?query=tag%3Drivers');
    expect(document.querySelector('.acts button')?.getAttribute('data-copy')).toBe('address-rss');
  });

  it('begins with the day that was picked', async () => {
    const { response } = await browser.open('/search?q=dam&since=1w&start=2026-11-01&until=');
    expect(response.headers.get('Location')).toBe('/search?q=dam&since=2026-11-01');
  });

  it('is not for search engines', async () => {
    const { document } = await browser.open('/search?q=river');
    expect(document.querySelector('meta[name=robots]')?.getAttribute('content')).toBe('noindex');
  });
});
