import { describe, expect, it } from 'vitest';
import { boundNesting, boundStrays } from '../../../../src/feed/read/page/html-bounds.ts';

describe('bounds of a page', () => {
  it('leave an honest page alone, unclosed paragraphs and items included', () => {
    const html = `<ul>${'<li><p>a'.repeat(1000)}</ul><br><img src="x"><script>if (a<b) "<b><b><b>"</script>`;
    expect(boundNesting('<div><p><b>a</b></p></div>', 3)).toBe('<div><p><b>a</b></p></div>');
    expect(boundNesting(`<p>${'<br>'.repeat(10)}</p>${'<p>a</p>'.repeat(10)}`, 2)).toBe(
      `<p>${'<br>'.repeat(10)}</p>${'<p>a</p>'.repeat(10)}`,
    );
    expect(boundNesting('<script>"<a><b><c>"</script><b>x</b>', 1)).toBe('<script>"<a><b><c>"</script><b>x</b>');
    expect(boundStrays(html)).toBe(html);
  });

  it('empty what is nested deeper, end tags included', () => {
    expect(boundNesting('<a><b><i>x</i><u title="y">z</u></b></a>', 2)).toBe(
      '<a><b><wbr>x</wbr><wbr title="y">z</wbr></b></a>',
    );
  });

  it('drop less-than signs beyond all reason', () => {
    expect(boundStrays('< '.repeat(3000)).match(/</g)?.length).toBe(2000);
  });
});
