import * as fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allowedElements, elementAttributes, globalAttributes } from '../../src/feed/sanitize/policy.ts';
import { sanitizeHtml } from '../../src/feed/sanitize/sanitize-html.ts';
import { arbitraryMarkup } from '../support/arbitrary-markup.ts';
import { givenUrl } from '../support/given.ts';
import { launchBrowser } from '../support/given-browser.ts';
import { xssVectors } from './xss-vectors.ts';

const base = givenUrl('https://example.org/articles/1');

/** Shows each piece both ways (parsed as a document, set as innerHTML), pokes every element, tells which pieces ran. */
const showInPage = `async (pieces) => {
  const ran = new Set();
  const events = ['click', 'focus', 'mouseover', 'pointerenter', 'toggle', 'error', 'load', 'animationstart', 'begin', 'wheel', 'scroll'];
  const wait = () => new Promise((resolve) => setTimeout(resolve, 30));
  await Promise.all(pieces.map(async (piece, index) => {
    globalThis.hit = () => ran.add(index);
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inner = frame.contentWindow;
    inner.hit = () => ran.add(index);
    inner.document.open();
    inner.document.write('<!doctype html><body>' + piece);
    inner.document.close();
    const host = inner.document.createElement('div');
    inner.document.body?.append(host);
    host.innerHTML = piece;
    await wait();
    for (const element of inner.document.querySelectorAll('*')) {
      for (const event of events) element.dispatchEvent(new Event(event));
      if (element.localName === 'a') element.click?.();
    }
    await wait();
    frame.remove();
  }));
  return [...ran];
}`;

/** What the browser's own parser finds in each piece that the policy does not have, and pieces it would rewrite. */
const inspectInPage = `({ pieces, elements, attributes }) => {
  const faults = [];
  for (const piece of pieces) {
    const parsed = new DOMParser().parseFromString('<!doctype html><body>' + piece, 'text/html');
    for (const element of parsed.body.querySelectorAll('*')) {
      if (!elements.includes(element.localName)) faults.push('<' + element.localName + '> in ' + piece);
      const allowed = [...attributes['*'], ...(attributes[element.localName] ?? [])];
      for (const { name, value } of element.attributes) {
        if (!allowed.includes(name)) faults.push(name + ' in ' + piece);
        const isAddress = ['href', 'src', 'poster', 'cite'].includes(name);
        if (isAddress && !/^(?:https?:\\/\\/[^/]|mailto:)/.test(value)) faults.push(value + ' in ' + piece);
      }
    }
    const again = new DOMParser().parseFromString('<!doctype html><body>' + parsed.body.innerHTML, 'text/html');
    if (!again.body.isEqualNode(parsed.body)) faults.push('parsed twice it differs: ' + piece);
  }
  return faults;
}`;

/** How a browser writes down each piece it has read. */
const readInPage = `(pieces) => pieces.map((piece) => {
  const parsed = new DOMParser().parseFromString('<!doctype html><body><div>' + piece + '</div>', 'text/html');
  return parsed.body.firstChild.innerHTML;
})`;

function asBrowserWrites(piece: string): string {
  return piece
    .replaceAll(' />', '>')
    .replace(/<\/?tbody>/g, '')
    .replaceAll('\u00A0', '&nbsp;')
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n');
}

describe('hostile markup in Chromium', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
    page = await browser.newPage();
    page.on('dialog', (dialog) => void dialog.dismiss());
    const origin = 'https://example.test/';
    await page.route('**/*', async (route) => {
      if (route.request().url() !== origin) return await route.abort();
      return await route.fulfill({ contentType: 'text/html', body: '<!doctype html><body></body>' });
    });
    await page.goto(origin);
  });

  afterAll(async () => {
    await browser.close();
  });

  async function showAll(pieces: readonly string[]): Promise<string[]> {
    const ran: string[] = [];
    for (let from = 0; from < pieces.length; from += 200) {
      const batch = pieces.slice(from, from + 200);
      const hits = await page.evaluate<number[]>(`(${showInPage})(${JSON.stringify(batch)})`);
      for (const index of hits) ran.push(batch[index] ?? '');
    }
    return ran;
  }

  it('runs hundreds of the vectors when nobody sanitizes them', async () => {
    const loud = xssVectors().filter((vector) => /onerror|onload|<script>/i.test(vector));
    const safeToShow = loud.filter((vector) => !/refresh|<base|<meta/i.test(vector));
    expect((await showAll(safeToShow.slice(0, 600))).length).toBeGreaterThan(100);
  }, 200_000);

  it('runs none of them sanitized', async () => {
    const vectors = xssVectors();
    expect(vectors.length).toBeGreaterThan(2000);
    const pieces = new Set(vectors.map((markup) => sanitizeHtml({ markup, base })));
    expect(pieces.size).toBeGreaterThan(200);
    expect(await showAll([...pieces])).toEqual([]);
  }, 400_000);

  it('runs none of what is left when it is sanitized without a base, and then again', async () => {
    const pieces = new Set(xssVectors().map((markup) => sanitizeHtml({ markup: sanitizeHtml({ markup }) })));
    expect(await showAll([...pieces])).toEqual([]);
  }, 400_000);

  it('finds nothing outside the policy in what is left of them, and parses it the same way twice', async () => {
    const given = {
      pieces: xssVectors().map((markup) => sanitizeHtml({ markup, base })),
      elements: [...allowedElements],
      attributes: { ...elementAttributes, a: ['href', 'hreflang', 'rel'], '*': globalAttributes },
    };
    expect(await page.evaluate<string[]>(`(${inspectInPage})(${JSON.stringify(given)})`)).toEqual([]);
  }, 120_000);

  it('reads what is left of anything exactly as it is written', async () => {
    const pieces = fc.sample(arbitraryMarkup, 20_000).map((markup) => sanitizeHtml({ markup, base }));
    const read = await page.evaluate<string[]>(`(${readInPage})(${JSON.stringify(pieces)})`);
    // White space between the parts of a table is the one thing a browser may move; tbody is what it adds.
    const written = pieces.map((piece) => asBrowserWrites(piece));
    expect(
      read.map((html) => html.replace(/<\/?tbody>/g, '')).filter((html, index) => html !== written[index]),
    ).toEqual([]);
  }, 120_000);
});
