/**
 * The owner's desk in a browser, over the whole product: log in, add, import, watch, pause, remove, log out.
 */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations, type Look, launchBrowser, openPage, sidewaysOverflow } from '../support/given-browser.ts';
import { type Product, startProduct } from '../support/product.ts';
import { startUpstream, type Upstream } from '../support/upstream.ts';

const token = 'the-token-of-this-test';

/** Sources of the list that is imported. */
const imported = 50;

/** A line of a list: a title, and the path of a feed. */
type Outline = readonly [title: string, path: string];

/** How often everything is asked after the import, so that there is a history. */
const rounds = 2;

/** Pictures, to be looked at; not kept in the repository. */
const pictures = resolve(import.meta.dirname, '../../coverage/screenshots');

let browser: Browser;
let product: Product;
let upstream: Upstream;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  upstream = await startUpstream();
  for (const viewport of ['desktop', 'phone']) {
    upstream.serve(`/${viewport}`, ({ response }) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(
        `<html><head><title>Gauges</title><link rel="alternate" type="application/rss+xml" href="/${viewport}.xml"></head><body>Hi</body></html>`,
      );
    });
    upstream.serve(
      `/${viewport}.xml`,
      ({ response }) =>
        void response.end(feedOf('Gauges of the <i>long</i> river <script>document.title="ran"</script>')),
    );
  }
  upstream.serve('/keys', ({ response }) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<link rel="alternate" type="application/rss+xml" href="/keys.xml"><p>Hi</p>');
  });
  for (const path of ['/keys.xml', '/keys-moved.xml']) {
    upstream.serve(path, ({ response }) => void response.end(feedOf('Keys and ciphers')));
  }
  upstream.serve('/gone.xml', ({ response }) => void response.writeHead(404).end());
  let asked = 0;
  upstream.serve('/list/*', ({ request, response }) => {
    asked += 1;
    const isUnchanged = request.headers['if-none-match'] !== undefined && asked % 3 > 0;
    response.writeHead(isUnchanged ? 304 : 200, { etag: `"${asked}"` });
    response.end(isUnchanged ? '' : feedOf(`Gauge ${request.url?.slice(6)}`, asked % 7));
  });
  product = await startProduct({
    ADMIN_TOKEN: token,
    PRIVATE_HOSTS: upstream.host,
    HOST_PAUSE_MS: '0',
    HOST_CONCURRENCY: '16',
  });
  browser = await launchBrowser();
}, 150_000);

afterAll(async () => {
  await browser?.close();
  await product?.close();
  await upstream?.close();
});

/** Has every source asked again, due or not, and waits until that is written down. */
async function askAll(): Promise<void> {
  const before = upstream.requests.length;
  const headers = { Authorization: `Bearer ${token}` };
  await fetch(`${product.origin}/admin/api/refresh?force=1`, { method: 'POST', headers });
  while (upstream.requests.length < before + imported + 1) await delay(100);
  await delay(500);
}

/** A feed of five entries, or more. */
function feedOf(title: string, more = 0): string {
  const safe = title.replaceAll('<', '&lt;');
  const items = Array.from({ length: 5 + more }, (_, at) => {
    const published = new Date(Date.now() - at * 8 * 3_600_000).toUTCString();
    return `<item><guid>${safe} ${at}</guid><title>Level ${at} of ${safe}</title><pubDate>${published}</pubDate><description>The river rose.</description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${safe}</title><description>Levels</description>${items.join('')}</channel></rss>`;
}

async function logIn(page: Page): Promise<void> {
  await page.goto(`${product.origin}/admin`);
  await page.getByLabel('Admin token').fill(token);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { name: 'Sources', level: 1 }).waitFor();
}

async function lookAt(page: Page, name: string, { viewport }: Look): Promise<void> {
  await page.screenshot({ path: resolve(pictures, `desk-${name}-${viewport}.png`) });
  expect({ name, overflow: await sidewaysOverflow(page), violations: await findViolations(page) }).toEqual({
    name,
    overflow: 0,
    violations: [],
  });
}

/** Looks at what the address of a page would bring, and follows it. */
async function addByPage(page: Page, look: Look): Promise<void> {
  await page.getByLabel('Address of a site').fill(`${upstream.origin}/${look.viewport}`);
  await page.getByRole('button', { name: 'Add a source' }).click();
  await page.getByText('The page has a feed').waitFor();
  await lookAt(page, 'preview', look);
  await page.getByLabel('Tags').fill('Rivers, 水文');
  await page.getByRole('button', { name: 'Follow' }).click();
  await page.getByText('Added, with the entries it has now.').waitFor();
  expect(await page.title()).toContain('Gauges of the');
  await lookAt(page, 'source', look);
}

/** Imports a list, and watches until all of it was asked. */
async function importList(page: Page, look: Look, list: readonly Outline[]): Promise<void> {
  const outlines = list.map(
    ([title, path]) => `<outline type="rss" text="${title}" xmlUrl="${upstream.origin}${path}"/>`,
  );
  const opml = `<opml version="2.0"><body>${outlines.join('')}</body></opml>`;
  await page.getByRole('link', { name: 'Import and backup' }).click();
  await page
    .getByLabel('OPML file')
    .setInputFiles({ name: 'list.opml', mimeType: 'text/x-opml', buffer: Buffer.from(opml) });
  await page.getByRole('button', { name: 'Import the list' }).click();
  await page.getByText(`${list.length} sources added`).waitFor();
  await lookAt(page, 'imported', look);
  await product.fireCron();
  await page.getByText('All work is done.').waitFor({ timeout: 120_000 });
}

/** Tags and resumes several sources at once. */
async function chooseMany(page: Page, look: Look): Promise<void> {
  await page.goto(`${product.origin}/admin?q=gauge+4&sort=title`);
  expect(await page.getByRole('button', { name: 'Add tags' }).isVisible()).toBe(false);
  await page.getByLabel('Choose Gauge 4', { exact: true }).check();
  await page.getByRole('button', { name: 'Choose all' }).click();
  await lookAt(page, 'chosen', look);
  await page.getByLabel('Tags to add').fill('Fours');
  await page.getByRole('button', { name: 'Add tags' }).click();
  await page.getByText(/^Saved: \d+ sources\./).waitFor();
  expect(await page.locator('tbody .tags li', { hasText: 'Fours' }).count()).toBeGreaterThan(5);
  expect(page.url()).toContain('q=gauge+4&sort=title');
}

/** What the focus is on, as a person is told it. */
function focused(page: Page): Promise<string> {
  return page.evaluate(`(() => {
    const { activeElement } = document;
    const label = activeElement.labels?.[0];
    return (activeElement.getAttribute('aria-label') ?? label?.textContent ?? activeElement.textContent).trim();
  })()`);
}

/** Presses Tab until the focus is on what is called so. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await focused(page)).startsWith(name)) return;
  }
  throw new Error(`the keyboard does not reach "${name}"`);
}

async function pressWithTab(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

/** Waits until the address answers so: what the owner changed holds for readers once it is published. */
async function opens(address: string, status: number): Promise<void> {
  await expect.poll(async () => (await fetch(address)).status, { interval: 500, timeout: 90_000 }).toBe(status);
}

describe('the owner', () => {
  it('adds by page address, imports, watches, pauses, removes, logs out', { timeout: 180_000 }, async () => {
    const look: Look = { viewport: 'desktop', scheme: 'light' };
    const { page, troubles } = await openPage(browser, product.origin, look);
    await page.goto(`${product.origin}/admin`);
    await lookAt(page, 'login', look);
    await page.getByLabel('Admin token').fill('wrong');
    await page.getByRole('button', { name: 'Log in' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('not the token');
    await logIn(page);

    await addByPage(page, look);
    const gauges = Array.from({ length: imported - 1 }, (_, at): Outline => [`Gauge ${at}`, `/list/${at}`]);
    await importList(page, look, [...gauges, ['Dry', '/gone.xml']]);

    for (let round = 0; round < rounds; round += 1) await askAll();

    await page.getByRole('link', { name: 'Sources', exact: true }).click();
    const rows = page.locator('table.rows tbody tr');
    expect(await rows.first().textContent()).toContain('The server answered 404.');
    expect(await rows.first().locator('.columns title').textContent()).toContain(`${rounds + 1} failed`);
    await lookAt(page, 'sources', look);
    await page.getByLabel('Find').fill('gauge 7');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('button', { name: 'Pause Gauge 7' }).click();
    const changed = page.locator('tbody tr', { hasText: 'Gauge 7' });
    await changed.getByText('Paused. It is not asked').waitFor();
    expect(await page.getByLabel('Find').inputValue()).toBe('gauge 7');
    await chooseMany(page, look);
    await page.goto(`${product.origin}/admin/system`);
    const checksInAll = `${(rounds + 1) * (imported + 1)} checks in the last 24 hours`;
    await page.locator('summary', { hasText: checksInAll }).waitFor();
    await lookAt(page, 'system', look);
    await page.goto(`${product.origin}/admin`);
    await page.locator('.trouble').getByRole('link', { name: 'Dry', exact: true }).click();
    await page.getByText('The numbers').click();
    const checks = page.locator('#checks tbody tr');
    expect(await checks.count()).toBe(rounds + 1);
    expect(await checks.first().textContent()).toContain('the server answered 404');
    await lookAt(page, 'checks', look);
    await page.getByRole('link', { name: 'Remove…' }).click();
    await lookAt(page, 'remove', look);
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByText('Removed. Its entries are kept').waitFor();
    expect(await page.getByRole('link', { name: 'Dry', exact: true }).count()).toBe(0);

    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByLabel('Admin token').waitFor();
    await page.goto(`${product.origin}/admin`);
    expect(await page.getByLabel('Admin token').count()).toBe(1);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('adds by page address, imports and watches on a phone, too', { timeout: 180_000 }, async () => {
    const look: Look = { viewport: 'phone', scheme: 'dark' };
    const { page, troubles } = await openPage(browser, product.origin, look);
    await logIn(page);
    await addByPage(page, look);
    const tides = Array.from({ length: imported }, (_, at): Outline => [`Tide ${at}`, `/list/tide-${at}`]);
    await importList(page, look, tides);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it.each<Look>([
    { viewport: 'desktop', scheme: 'light' },
    { viewport: 'phone', scheme: 'dark', scripts: false },
  ])(
    'tags by rule, saves a private view, revokes its key, removes it, downloads a backup: $viewport',
    {
      timeout: 240_000,
    },
    async (look) => {
      const { page, troubles } = await openPage(browser, product.origin, look);
      await logIn(page);
      await page.getByRole('link', { name: 'Rules' }).click();
      await page.getByLabel('Entries').first().fill('text:rose');
      await page.getByRole('textbox', { name: /^Tag/ }).first().fill(`High water ${look.viewport}`);
      await page.getByRole('button', { name: 'See what it would change' }).first().click();
      await page.getByRole('heading', { name: 'What it would change' }).waitFor();
      await page.getByRole('button', { name: 'Save the rule' }).click();
      await page.getByText('The rule is saved.').waitFor();

      await page.getByRole('link', { name: 'Views' }).click();
      await page.getByLabel('Title').fill('Only for us');
      await page.getByLabel('Query').fill('q=river');
      await page.getByLabel('Private').check();
      await page.getByRole('button', { name: 'Save the view' }).click();
      const address = await page.getByRole('textbox', { name: 'JSON Feed' }).inputValue();
      await opens(address, 200);
      await opens(address.split('?')[0] ?? '', 404);
      await page.goto(`${product.origin}/admin/views`);
      await page.getByRole('link', { name: 'New key Only for us' }).click();
      await page.getByRole('button', { name: 'Make a new key' }).click();
      const renewed = await page.getByRole('textbox', { name: 'JSON Feed' }).inputValue();
      await opens(address, 404);
      await opens(renewed, 200);
      await page.goto(`${product.origin}/admin/views`);
      await page.getByRole('link', { name: 'Remove Only for us' }).click();
      await page.getByRole('button', { name: 'Remove it' }).click();
      await page.getByText('The view is removed').waitFor();
      await opens(renewed, 404);

      const backup = await page.context().request.get(`${product.origin}/admin/api/export`);
      expect((await backup.text()).trim().split('\n').at(-1)).toContain('"kind":"end"');
      expect(troubles).toEqual([]);
      await page.context().close();
    },
  );

  it('follows, moves and shares with the keyboard alone', { timeout: 120_000 }, async () => {
    const look: Look = { viewport: 'desktop', scheme: 'dark' };
    const { page, troubles } = await openPage(browser, product.origin, look);
    await logIn(page);
    await page.goto(`${product.origin}/admin/add`);
    await page.keyboard.type(`${upstream.origin}/keys`);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Keys and ciphers', exact: true }).waitFor();
    await lookAt(page, 'bare-name', look);
    await pressWithTab(page, 'Follow');
    await page.getByText('Added, with the entries it has now.').waitFor();

    await pressWithTab(page, 'Change address…');
    await page.getByRole('heading', { name: 'Change the address of' }).waitFor();
    await tabTo(page, 'New address of the feed, or of its site');
    await page.keyboard.type(`${upstream.origin}/keys-moved.xml`);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Use this address' }).waitFor();
    await lookAt(page, 'move', look);
    await pressWithTab(page, 'Use this address');
    await page.getByText('It has its new address.').waitFor();

    await page.goto(`${product.origin}/admin/views`);
    await tabTo(page, 'Title');
    await page.keyboard.type('By keys');
    await page.keyboard.press('Tab');
    await page.keyboard.type('by-keys');
    await tabTo(page, 'Query or address');
    await page.keyboard.type(`${product.origin}/search?q=keys`);
    await tabTo(page, 'Private');
    await page.keyboard.press('Space');
    await pressWithTab(page, 'Save the view');
    await page.getByText('By keys is saved').waitFor();
    expect(await page.locator('.qr').isVisible()).toBe(true);
    await lookAt(page, 'qr', look);
    await pressWithTab(page, 'New key By keys');
    await page.getByRole('heading', { name: 'Make a new key for' }).waitFor();
    await pressWithTab(page, 'Make a new key');
    await page.getByText('By keys is saved').waitFor();
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('finds every page whole on a phone in the dark', { timeout: 120_000 }, async () => {
    const look: Look = { viewport: 'phone', scheme: 'dark' };
    const { page, troubles } = await openPage(browser, product.origin, look);
    await logIn(page);
    for (const path of [
      '',
      '/add',
      `/add?url=${upstream.origin}/none`,
      '/transfer',
      '/rules?action=hide&query=river',
      '/views',
      '/system',
      '/system/alerts',
      '/nothing',
    ]) {
      await page.goto(`${product.origin}/admin${path}`);
      await lookAt(page, path.replace(/\W+/g, '-').slice(1, 12) || 'sources', look);
    }
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});
