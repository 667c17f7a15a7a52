/**
 * A reader in a browser, over the whole product with the seeds it comes with, without scripts: reads, searches in Chinese and
 * Arabic, builds a feed, and subscribes to its address.
 */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations, type Look, launchBrowser, openPage, sidewaysOverflow } from '../support/given-browser.ts';
import { type Product, startProduct } from '../support/product.ts';

/** Pictures, to be looked at; not kept in the repository. */
const pictures = resolve(import.meta.dirname, '../../coverage/screenshots');

const looks: readonly Look[] = [
  { viewport: 'desktop', scheme: 'light', scripts: false, foreignImages: true },
  { viewport: 'phone', scheme: 'dark', scripts: false, foreignImages: true },
];

let browser: Browser;
let product: Product;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  product = await startProduct({ KV_WRITES_PER_DAY: '0' }, 'seeds');
  browser = await launchBrowser();
}, 150_000);

afterAll(async () => {
  await browser?.close();
  await product?.close();
});

/** Takes a picture and looks for what is wrong. axe needs scripts, so it looks at the same address in a page that has them. */
async function lookAt(page: Page, name: string, look: Look): Promise<void> {
  await page.screenshot({ path: resolve(pictures, `product-${name}-${look.viewport}.png`) });
  const overflow = await sidewaysOverflow(page);
  const scripted = await openPage(browser, product.origin, { ...look, scripts: true });
  await scripted.page.goto(page.url(), { waitUntil: 'networkidle' });
  await scripted.page.screenshot({ path: resolve(pictures, `product-${name}-${look.viewport}-scripted.png`) });
  const violations = await findViolations(scripted.page);
  await scripted.page.context().close();
  expect({ name, overflow, violations, troubles: scripted.troubles }).toEqual({
    name,
    overflow: 0,
    violations: [],
    troubles: [],
  });
}

/** Searches for words, and opens the one entry that has them. */
async function searchAndOpen(page: Page, look: Look, words: string, title: string): Promise<void> {
  await page.getByRole('link', { name: 'Search', exact: true }).click();
  await page.getByLabel('Words').fill(words);
  await page.getByRole('button', { name: 'Search' }).click();
  expect(await page.locator('#found').textContent()).toBe('1 entry');
  expect(await page.getByLabel('Words').inputValue()).toBe(words);
  await lookAt(page, `search-${title.length}`, look);
  await page.getByRole('link', { name: title }).click();
  expect(await page.locator('h1').textContent()).toBe(title);
}

/** What a feed reader gets at an address: it says nothing of tabs. */
async function subscribe(address: string): Promise<{ readonly text: string; readonly etag: string }> {
  const response = await fetch(address);
  expect(response.headers.get('Content-Type')).toContain('application/rss+xml');
  const etag = response.headers.get('ETag') ?? '';
  return { text: await response.text(), etag };
}

describe.each(looks)('a reader at a $viewport, $scheme, without scripts', (look) => {
  it('reads home, opens a tag, opens an entry', { timeout: 120_000 }, async () => {
    const { page, troubles } = await openPage(browser, product.origin, look);
    await page.goto(product.origin);
    expect(await page.locator('.card').count()).toBeGreaterThan(20);
    await lookAt(page, 'home', look);
    await page.getByLabel('More').getByRole('link', { name: 'Rivers' }).click();
    expect(await page.locator('h1').textContent()).toBe('Rivers');
    await lookAt(page, 'tag', look);
    await page.getByRole('link', { name: 'What makes a river a tributary?' }).click();
    expect(await page.locator('.prose').textContent()).toContain('river');
    await lookAt(page, 'entry', look);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('searches in Chinese and in Arabic, and opens what is found', { timeout: 120_000 }, async () => {
    const { page, troubles } = await openPage(browser, product.origin, look);
    await page.goto(product.origin);
    await searchAndOpen(page, look, '王圆箓', '藏经洞：一间被封存了九百年的图书馆');
    expect(await page.locator('.prose').getAttribute('lang')).toMatch(/^zh/);
    await lookAt(page, 'entry-zh', look);
    await searchAndOpen(page, look, 'اليونسكو', 'الأفلاج العُمانية: ماء يُقسَم بالزمن');
    const direction = await page.evaluate("getComputedStyle(document.querySelector('.prose')).direction");
    expect(direction).toBe('rtl');
    await lookAt(page, 'entry-ar', look);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it('builds a query, and its address is a feed to readers and a page to a tab', { timeout: 120_000 }, async () => {
    const { page, troubles } = await openPage(browser, product.origin, look);
    await page.goto(`${product.origin}/search`);
    await page.getByLabel('Any of these tags').fill('rivers, libraries');
    await page.getByLabel('None of these tags').fill('floods');
    await page.getByLabel('Language').selectOption('de');
    await page.getByRole('button', { name: 'Search' }).click();
    const shown = await page.locator('.card').count();
    expect(await page.locator('#found').textContent()).toBe(shown === 1 ? '1 entry' : `${shown} entries`);
    await lookAt(page, 'built', look);
    const address = await page.getByLabel('RSS', { exact: true }).inputValue();
    expect(address).toBe(`${product.origin}/rss.xml?tag=libraries,rivers&tag=-floods&lang=de`);
    const { text, etag } = await subscribe(address);
    expect(text.match(/<item>/g)).toHaveLength(shown);
    expect((await fetch(address, { headers: { 'If-None-Match': etag } })).status).toBe(304);
    await page.goto(address);
    expect(await page.getByLabel('RSS', { exact: true }).inputValue()).toBe(address);
    expect(await page.locator('.card').count()).toBe(shown);
    await lookAt(page, 'feed-in-tab', look);
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});
