import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restoreSafeHtml } from '../../src/domain/html.ts';
import { parseHtmlDocument } from '../../src/feed/read/page/dom.ts';
import { jsx } from '../../src/page/jsx-runtime.ts';
import { type Child, fromSafeHtml, fromSource, type Markup, renderMarkup } from '../../src/page/markup.ts';

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

function Bold({ text, children }: { readonly text: string; readonly children?: Child }): Markup {
  return (
    <b>
      {text}
      {children}
    </b>
  );
}

describe('a component', () => {
  it('escapes text, numbers and lists, and leaves markup as it is', () => {
    const page = (
      <p>
        {'a & "b"'} {3} <Bold text="<" />
        {[<i>x</i>, '>']}
        {undefined}
        {false}
      </p>
    );
    expect(renderMarkup(page)).toBe('<p>a &amp; &quot;b&quot; 3 <b>&lt;</b><i>x</i>&gt;</p>');
  });

  it('gets its children, and fragments have no element', () => {
    expect(
      renderMarkup(
        <>
          <Bold text="a">b</Bold>
          {'<'}
        </>,
      ),
    ).toBe('<b>ab</b>&lt;');
  });

  it('takes sanitized HTML and source text as they are', () => {
    expect(renderMarkup(<div>{fromSafeHtml(restoreSafeHtml('<p>1 &lt; 2</p>'))}</div>)).toBe(
      '<div><p>1 &lt; 2</p></div>',
    );
    expect(renderMarkup(<style>{fromSource('a>b{}')}</style>)).toBe('<style>a>b{}</style>');
  });

  it('does not take an object from outside for markup', () => {
    const forged = JSON.parse('{"isEscaped":true,"markup":"<script>","Symbol(markup)":"<script>"}') as Markup;
    expect(renderMarkup(<p>{forged}</p>)).not.toContain('<script>');
  });

  it.each(hostile)('keeps %j from becoming an element or an attribute', (text) => {
    const page = renderMarkup(
      <p title={text} lang={text}>
        <a href={text}>{text}</a>
      </p>,
    );
    const document = parseHtmlDocument(`<html><body>${page}</body></html>`);
    expect([...document.body.querySelectorAll('*')].map((element) => element.localName)).toEqual(['p', 'a']);
    expect(document.querySelector('p')?.getAttributeNames()).toEqual(['title', 'lang']);
    expect(document.querySelector('a')?.getAttribute('href')).toBe('#');
  });

  it('gives text back as it was, whatever the text', () => {
    assert(
      property(string({ unit: 'grapheme' }), (text) => {
        const page = renderMarkup(
          <>
            <p title={text}>{text}</p>
            <i>after</i>
          </>,
        );
        const document = parseHtmlDocument(`<html><body>${page}</body></html>`);
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
    ['/tags/javascript:', '/tags/javascript:'],
    ['?q=a&b=c', '?q=a&amp;b=c'],
    ['#main', '#main'],
    ['https://example.org/?a="b"', 'https://example.org/?a=&quot;b&quot;'],
    ['feed:https://example.org/rss.xml', 'feed:https://example.org/rss.xml'],
    ['feed:javascript:alert(1)', '#'],
  ])('writes the address %j as %j', (address, written) => {
    expect(renderMarkup(<a href={address}>x</a>)).toBe(`<a href="${written}">x</a>`);
    expect(renderMarkup(<img src={address} />)).toBe(`<img src="${written}">`);
    expect(renderMarkup(<form action={address} />)).toBe(`<form action="${written}"></form>`);
  });

  it('leaves out attributes that are absent or false, and gives true ones no value', () => {
    expect(renderMarkup(<input lang={undefined} hidden={false} readonly size={3} />)).toBe('<input readonly size="3">');
  });

  it.each([
    ['a style', () => <a style="x">x</a>],
    ['an event', () => <a onclick="x">x</a>],
    ['a document', () => <iframe srcdoc="x" />],
    ['markup in a value', () => <p title={<b>x</b>}>y</p>],
    ['text in a script', () => <script>{'x'}</script>],
    ['a list in a style', () => jsx('style', { children: ['x', fromSource('y')] })],
  ])('refuses %s', (_, write) => {
    expect(write).toThrow(/./);
  });
});
