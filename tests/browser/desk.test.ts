/**
 * The desk of an owner whose sources have been asked for a while, over faked ports: what is drawn, in both themes and sizes.
 */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { givenAdmin, givenHealth, givenNow } from '../support/given-admin.ts';
import { findViolations, type Look, launchBrowser, openPage, sidewaysOverflow } from '../support/given-browser.ts';
import { logIn } from '../support/given-desk.ts';
import { givenReports } from '../support/given-reports.ts';
import { type PageServer, startPageServer } from '../support/page-server.ts';

/** Pictures, to be looked at; the README shows some of them. */
const pictures = resolve(import.meta.dirname, '../../coverage/screenshots');

const looks: readonly Look[] = [
  { viewport: 'desktop', scheme: 'light' },
  { viewport: 'desktop', scheme: 'dark' },
  { viewport: 'phone', scheme: 'dark' },
];

const reports = givenReports(givenNow);
const sources = { total: 8, ok: 6, failing: 1, stopped: 1 };
const admin = givenAdmin({
  siteTitle: 'Tributary',
  archive: {
    sourcePage: async () => ({ reports: reports }),
    source: async (id) => reports.find(({ source }) => source.id === id),
    health: async () => ({ ...givenHealth, entries: 168, sources }),
  },
});

let browser: Browser;
let server: PageServer;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  const { cookie } = await logIn(admin);
  server = await startPageServer(() => ({
    fetch: ({ method, url }) => {
      const { pathname, search } = new URL(url);
      return admin.askAs(method, pathname + search, { headers: { Cookie: cookie } });
    },
  }));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

describe.each(looks)('at a $viewport, $scheme', (look) => {
  it('checks are drawn and can be read as numbers', async () => {
    const { page, troubles } = await openPage(browser, server.origin, look);
    await page.goto(`${server.origin}/admin`);
    await page.screenshot({ path: resolve(pictures, `history-${look.viewport}-${look.scheme}.png`) });
    expect(await page.locator('tbody .columns').count()).toBe(reports.length - 1);
    expect([await sidewaysOverflow(page), await findViolations(page)]).toEqual([0, []]);
    // A phone has no room for the drawing in the list.
    const name = look.viewport === 'phone' ? '德国之声 中文' : /^德国之声 中文: 30 checks/;
    await page.locator('tbody').getByRole('link', { name }).first().click();
    expect(await page.locator('#checks').isVisible()).toBe(true);
    await page.getByText('The numbers').click();
    expect(await page.locator('#checks tbody tr').count()).toBe(30);
    await page.screenshot({
      path: resolve(pictures, `history-one-${look.viewport}-${look.scheme}.png`),
      fullPage: true,
    });
    expect([await sidewaysOverflow(page), await findViolations(page)]).toEqual([0, []]);
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});
