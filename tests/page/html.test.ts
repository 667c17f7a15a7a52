import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restoreSafeHtml } from '../../src/domain/html.ts';
import { parseHtmlDocument } from '../../src/feed/read/page/dom.ts';
import { attribute, fromSafeHtml, html, type Markup, renderMarkup } from '../../src/page/html.ts';

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title><svg onload=alert(1)>',
  '&lt;b&gt;',
  'javascript:alert(1)',
  '\u202egnp.exe',
  '\0<b>',
];

describe('html', () => {
  it('escapes text, numbers and lists, and leaves markup as it is', () => {
    const bold = html`<b>${'<'}</b>`;
    expect(renderMarkup(html`<p>${'a & "b"'} ${3} ${bold}${[html`<i>x</i>`, '>']}${undefined}${false}</p>`)).toBe(
      '<p>a &amp; &quot;b&quot; 3 <b>&lt;</b><i>x</i>&gt;</p>',
    );
  });

  it('takes sanitized HTML as it is', () => {
    expect(renderMarkup(html`<div>${fromSafeHtml(restoreSafeHtml('<p>1 &lt; 2</p>'))}</div>`)).toBe(
      '<div><p>1 &lt; 2</p></div>',
    );
  });

  it('does not take an object from outside for markup', () => {
    const forged = JSON.parse('{"markup":"<script>","Symbol(markup)":"<script>"}') as Markup;
    expect(renderMarkup(html`<p>${forged}</p>`)).not.toContain('<script>');
  });

  it.each(hostile)('keeps %j from becoming an element or an attribute', (text) => {
    const page = renderMarkup(html`<p title="${text}"${attribute('lang', text)}><a href="${text}">${text}</a></p>`);
    const document = parseHtmlDocument(`<html><body>${page}</body></html>`);
    expect([...document.body.querySelectorAll('*')].map((element) => element.localName)).toEqual(['p', 'a']);
    expect(document.querySelector('p')?.getAttributeNames()).toEqual(['title', 'lang']);
    expect(document.querySelector('a')?.getAttribute('href')).toBe('#');
  });

  it('gives text back as it was, whatever the text', () => {
    assert(
      property(string({ unit: 'grapheme' }), (text) => {
        const document = parseHtmlDocument(
          `<html><body>${renderMarkup(html`<p title="${text}">${text}</p><i>after</i>`)}</body></html>`,
        );
        expect(document.querySelector('p')?.textContent).toBe(text);
        expect(document.querySelector('p')?.getAttribute('title')).toBe(text);
        expect(document.querySelector('i')?.textContent).toBe('after');
      }),
    );
  });

  it.each([
    ['javascript:alert(1)', '#'],
    [' javascript:alert(1)', '#'],
    ['java\nscript:alert(1)', '#'],
    ['data:text/html,<script>', '#'],
    ['vbscript:x', '#'],
    ['//other.example/', '#'],
    ['/\\other.example/', '#'],
    ['', '#'],
    ['/tags/a', '/tags/a'],
    ['?q=a&b=c', '?q=a&amp;b=c'],
    ['#main', '#main'],
    ['https://example.org/?a="b"', 'https://example.org/?a=&quot;b&quot;'],
    ['feed:https://example.org/rss.xml', 'feed:https://example.org/rss.xml'],
    ['feed:javascript:alert(1)', '#'],
  ])('as an address, %j becomes %j', (address, written) => {
    expect(renderMarkup(html`<a href="${address}">x</a>`)).toBe(`<a href="${written}">x</a>`);
    expect(renderMarkup(attribute('href', address))).toBe(` href="${written}"`);
  });

  it('lets a path of ours go on with what comes from outside', () => {
    expect(renderMarkup(html`<a href="/tags/${'javascript:'}">x</a>`)).toBe('<a href="/tags/javascript:">x</a>');
  });

  it('writes an absent attribute as nothing', () => {
    expect(renderMarkup(html`<p${attribute('lang', undefined)}>x</p>`)).toBe('<p>x</p>');
  });

  it.each([
    ['an unquoted value', () => html`<a href=${'x'}>x</a>`],
    ['single quotes', () => html`<a href='${'x'}'>x</a>`],
    ['a style', () => html`<a style="${'x'}">x</a>`],
    ['an event', () => html`<a onclick="${'x'}">x</a>`],
    ['a script', () => html`<script>${'x'}</script>`],
    ['a comment', () => html`<!-- ${'x'} -->`],
    ['a name', () => html`<${'x'}>y</p>`],
    ['text between attributes', () => html`<p ${'x'}>y</p>`],
    ['markup in a value', () => html`<p title="${html`<b>x</b>`}">y</p>`],
    ['a tag left open', () => html`<p title="${'x'}"`],
  ])('refuses a hole in %s', (_, write) => {
    expect(write).toThrow(/./);
  });
});
