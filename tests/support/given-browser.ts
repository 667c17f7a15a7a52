/**
 * The system's Chromium, started for tests that look at pages.
 *
 * No network but this machine's: whatever a page asks of elsewhere is refused and counted.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The sizes that pages are looked at in. */
export const viewports = {
  desktop: { width: 1440, height: 900 },
  tablet: { width: 820, height: 1000 },
  phone: { width: 390, height: 844 },
} as const;

/** How a page is looked at. */
export interface Look {
  readonly viewport: keyof typeof viewports;
  readonly scheme: 'light' | 'dark';
  readonly scripts?: boolean;
  /** Whether entries may show images of other sites; none of those sites is there. */
  readonly foreignImages?: boolean;
}

/** A page with what went wrong on it: errors, refusals of its policy, requests elsewhere. */
export interface WatchedPage {
  readonly page: Page;
  readonly troubles: string[];
}

/** Starts it. */
export async function launchBrowser(): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error(`No browser at ${executablePath}: install Chromium, or say where it is with CHROMIUM.`);
  }
  return await chromium.launch({ executablePath, args: flags });
}

/** Opens an empty page; it may ask `origin` alone. */
export async function openPage(browser: Browser, origin: string, look: Look): Promise<WatchedPage> {
  const isPhone = look.viewport === 'phone';
  const context = await browser.newContext({
    viewport: viewports[look.viewport],
    colorScheme: look.scheme,
    isMobile: isPhone,
    hasTouch: isPhone,
    javaScriptEnabled: look.scripts ?? true,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const troubles: string[] = [];
  await context.route(
    (url) => url.origin !== origin,
    async (route) => {
      if (look.foreignImages === true && route.request().resourceType() === 'image') {
        await route.fulfill({ status: 404 });
        return;
      }
      troubles.push(`asks elsewhere: ${route.request().url()}`);
      await route.abort();
    },
  );
  const page = await context.newPage();
  page.on('console', (message) => {
    // That a page was asked for which is not there is what some tests are about.
    const isMissingPage = message.text().includes('the server responded with a status of 4');
    if (['error', 'warning'].includes(message.type()) && !isMissingPage) troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  return { page, troubles };
}

/** As text: pages are told what to do in text, for the types of a browser are not those of a Worker. */
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with a page, as `rule: element`. What is closed is opened first: it is part of the page too. */
export async function findViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
  await page.evaluate(axe);
  const violations = await page.evaluate<readonly { id: string; nodes: readonly { html: string }[] }[]>(
    `axe.run({ runOnly: { type: 'tag', values: ${JSON.stringify(rules)} } }).then(({ violations }) => violations)`,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** How many pixels of the page can only be reached by scrolling sideways. */
export async function sidewaysOverflow(page: Page): Promise<number> {
  return await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** What has the focus: element, first words of its text, style of the outline that shows it. */
export async function describeFocus(page: Page): Promise<string> {
  return await page.evaluate<string>(`(() => {
    const focused = document.activeElement;
    return [focused.localName, focused.textContent.trim().slice(0, 20), getComputedStyle(focused).outlineStyle].join(' ');
  })()`);
}

/** When the first content was painted (milliseconds after navigation began), and how far things have moved since. */
export async function measurePaint(page: Page): Promise<{ readonly paintMs: number; readonly shift: number }> {
  return await page.evaluate<{ paintMs: number; shift: number }>(`new Promise((resolve) => {
    let shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => {
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      resolve({ paintMs: paint.startTime, shift });
    }, 300);
  })`);
}
