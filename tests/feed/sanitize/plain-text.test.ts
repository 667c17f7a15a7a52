import { describe, expect, it } from 'vitest';
import { toPlainText, toSummary } from '../../../src/feed/sanitize/plain-text.ts';
import { sanitizeHtml } from '../../../src/feed/sanitize/sanitize-html.ts';

const plain = (markup: string) => toPlainText(sanitizeHtml({ markup }));

describe('plain text', () => {
  it('gives every block a line', () => {
    expect(plain('<h2>A</h2><p>b<br>c</p><ul><li>d</li><li>e</li></ul>f')).toBe('A\nb\nc\nd\ne\nf');
  });

  it('keeps inline elements in the word they are in', () => {
    expect(plain('un<b>believ</b>able <a href="https://example.org/">link</a>')).toBe('unbelievable link');
  });

  it('keeps cells apart', () => {
    expect(plain('<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>')).toBe('a b\nc');
  });

  it('resolves references once', () => {
    expect(plain('&amp;lt; &lt;b&gt; &quot;&nbsp;&copy;')).toBe('&lt; <b> " ©');
  });

  it('folds white space', () => {
    expect(plain(' a \n\t b  <p> </p> ')).toBe('a b');
  });
});

describe('summary', () => {
  it('is the text itself when that is short', () => {
    expect(toSummary(' One  line.\nAnother. ')).toBe('One line. Another.');
  });

  it('ends with a sentence, without an ellipsis, when sentences fill enough', () => {
    const sentence = 'The river rose again last night and the town moved its chairs upstairs. ';
    const summary = toSummary(sentence.repeat(10));
    expect(summary).toBe(sentence.repeat(3).trim());
  });

  it('ends with a word and an ellipsis when the first sentence is too long', () => {
    const summary = toSummary('rising water, '.repeat(40));
    expect(summary).toMatch(/water…$|rising…$/);
    expect(summary.length).toBeLessThanOrEqual(280);
    expect(summary.length).toBeGreaterThan(250);
  });

  it('ends Chinese at a sentence too', () => {
    const sentence = '昨天夜里河水又涨了，镇上的人把椅子搬到楼上，等待天亮。';
    expect(toSummary(sentence.repeat(20))).toMatch(/^(?:昨天夜里河水又涨了，镇上的人把椅子搬到楼上，等待天亮。)+$/);
  });

  it('never cuts a character, however many code units it has', () => {
    const family = '👨‍👩‍👧‍👦';
    const summary = toSummary(family.repeat(60), 50);
    expect(summary).toBe(`${family.repeat(4)}…`);
    expect(toSummary('é'.normalize('NFD').repeat(100), 10)).toBe(`${'é'.normalize('NFD').repeat(4)}…`);
  });
});
