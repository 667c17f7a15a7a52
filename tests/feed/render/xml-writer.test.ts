import { describe, expect, it } from 'vitest';
import {
  escapeAttribute,
  escapeText,
  renderCdata,
  renderElement,
  renderEmpty,
  renderOptional,
  toWritable,
  toWritableLine,
} from '../../../src/feed/render/xml-writer.ts';

describe('toWritable', () => {
  it.each([
    ['NUL', 'a\0b', 'ab'],
    ['backspace', 'a\bb', 'ab'],
    ['escape', 'a\u001bb', 'ab'],
    ['DEL', 'a\u007fb', 'ab'],
    ['a C1 control', 'a\u0092b', 'ab'],
    ['U+FFFE', 'a\ufffeb', 'ab'],
    ['U+FFFF', 'a\uffffb', 'ab'],
    ['a high surrogate alone', 'a\ud83db', 'ab'],
    ['a low surrogate alone', 'a\udc00b', 'ab'],
    ['halves that a control keeps apart', 'a\ud83d\0\ude00b', 'ab'],
    ['the first of two high surrogates', 'a\ud83d😀b', 'a😀b'],
  ])('drops %s', (_name, text, written) => {
    expect(toWritable(text)).toBe(written);
  });

  it.each([['\v'], ['\f'], ['\u0085']])('keeps words apart where %j stood', (character) => {
    expect(toWritable(`one${character}two`)).toBe('one two');
  });

  it.each([['tab\t, line\n, return\r'], ['😀 and 𠜎'], ['\u202eright to left\u202c'], ['\ufffd'], ['\u00a0']])(
    'keeps %j',
    (text) => {
      expect(toWritable(text)).toBe(text);
    },
  );
});

describe('toWritableLine', () => {
  it('makes one line of several', () => {
    expect(toWritableLine(' one\r\n  two\t\0three ')).toBe('one two three');
  });
});

describe('escaping', () => {
  it('escapes markup in text, and the carriage return that a parser would change', () => {
    expect(escapeText('<a href="x">&amp;]]>\r\n')).toBe('&lt;a href="x"&gt;&amp;amp;]]&gt;&#13;\n');
  });

  it('escapes in attributes what a parser would make a space', () => {
    expect(escapeAttribute('"a"\t\n\r<&')).toBe('&quot;a&quot;&#9;&#10;&#13;&lt;&amp;');
  });

  it('never refers to a character it cannot write', () => {
    expect(escapeText('&\0<\ud800')).toBe('&amp;&lt;');
    expect(escapeAttribute('&\0<\ud800')).toBe('&amp;&lt;');
  });
});

describe('renderCdata', () => {
  it('splits every end of CDATA', () => {
    expect(renderCdata(toWritable(']]>]]>'))).toBe('<![CDATA[]]]]><![CDATA[>]]]]><![CDATA[>]]>');
  });

  it('writes carriage returns outside, where they last', () => {
    expect(renderCdata(toWritable('a\rb'))).toBe('<![CDATA[a]]>&#13;<![CDATA[b]]>');
  });
});

describe('elements', () => {
  it('leaves out attributes without a value', () => {
    expect(renderEmpty('link', { rel: 'self', type: undefined, length: 0 })).toBe('<link rel="self" length="0"/>\n');
  });

  it('keeps an element whose text is empty, unless it is optional', () => {
    expect(renderElement('title', '')).toBe('<title></title>\n');
    expect(renderOptional('title', '')).toBe('');
  });
});
