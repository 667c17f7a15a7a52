import { describe, expect, it } from 'vitest';
import { readArchivedBody } from '../../../../src/feed/read/archived-article/archived-body.ts';
import { unwrapImageUrl } from '../../../../src/feed/read/archived-article/proxy.ts';
import { givenUrl } from '../../../support/given.ts';
import { givenBody } from './given-body.ts';

const page = givenUrl('https://www.site.example/en/a-1');

function read(markup: string): ReturnType<typeof readArchivedBody> {
  return readArchivedBody(markup, givenBody(page));
}

describe('unwrapImageUrl', () => {
  it.each([
    ['https://images.weserv.nl/?url=static.site.example/a.jpg', 'https://static.site.example/a.jpg'],
    ['https://images.weserv.nl/?url=static.site.example/a.jpg&w=300&output=webp', 'https://static.site.example/a.jpg'],
    [
      'https://images.weserv.nl/?w=9&url=https%3A%2F%2Fstatic.site.example%2Fa.jpg%3Fv%3D1',
      'https://static.site.example/a.jpg?v=1',
    ],
    ['https://wsrv.nl/?url=ssl:static.site.example/a.jpg', 'https://static.site.example/a.jpg'],
    ['https://wsrv.nl/?url=//static.site.example/a.jpg', 'https://static.site.example/a.jpg'],
    ['https://wsrv.nl/?url=http://static.site.example/a.jpg', 'http://static.site.example/a.jpg'],
    ['//images.weserv.nl/?url=static.site.example/a.jpg', 'https://static.site.example/a.jpg'],
    ['https://i0.wp.com/static.site.example/a.jpg?ssl=1', 'https://static.site.example/a.jpg'],
    ['https://t.example/unsafe/300x200/smart/https://static.site.example/a.jpg', 'https://static.site.example/a.jpg'],
    [
      'https://t.example/unsafe/fit-in/9x9/filters:q(8)/static.site.example/x/a.jpg',
      'https://static.site.example/x/a.jpg',
    ],
    ['https://t.example/unsafe/https%3A%2F%2Fstatic.site.example%2Fa.jpg', 'https://static.site.example/a.jpg'],
    ['https://wsrv.nl/?url=images.weserv.nl/%3Furl=static.site.example/a.jpg', 'https://static.site.example/a.jpg'],
    ['/local/a.jpg', 'https://www.site.example/local/a.jpg'],
    ['https://images.weserv.nl/', 'https://images.weserv.nl/'],
    ['https://t.example/unsafe/a.jpg', 'https://t.example/unsafe/a.jpg'],
    ['https://t.example/a.jpg?url=static.site.example/a.jpg', 'https://t.example/a.jpg?url=static.site.example/a.jpg'],
  ])('%s', (address, original) => {
    expect(unwrapImageUrl(address, page)).toBe(original);
  });

  it.each(['javascript:alert(1)', 'data:image/gif;base64,R0lGOD', 'https://'])('%s is no image address', (address) => {
    expect(unwrapImageUrl(address, page)).toBeUndefined();
  });
});

describe('an image', () => {
  const figure = '<figure><img src="https://s.example/a.jpg"><figcaption>A weir</figcaption></figure>';
  const image = '<img src="https://images.weserv.nl/?url=s.example/a.jpg" width="100%">';

  it.each([
    ['as archived', `${image}<div><small style="color: #999;">A weir</small></div>`],
    ['with space and breaks between', `${image}\n<br> <p>&nbsp;</p><div>\n<small>A weir</small> </div>`],
    ['with bare small print', `${image}<small>A weir</small>`],
    ['in a paragraph', `<p>${image}</p><p><small>A weir</small></p>`],
    ['with deeply wrapped small print', `<div>${image}</div><div><span><small>A weir</small></span></div>`],
  ])('and its caption are a figure %s', (_, markup) => {
    expect(read(`${markup}<p>x</p>`).markup.replaceAll('\n', '')).toBe(`${figure}<p>x</p>`);
  });

  it('keeps the link around it and the links in its caption', () => {
    const { markup } = read(`<a href="/big">${image}</a><div><small>A <a href="/w">weir</a></small></div>`);
    expect(markup).toBe(
      '<figure><a href="/big"><img src="https://s.example/a.jpg"></a><figcaption>A <a href="/w">weir</a></figcaption></figure>',
    );
  });

  it.each([
    `${image}<p>A <small>weir</small></p>`,
    `${image}<p>x</p><div><small>A weir</small></div>`,
    `<p>x ${image}</p>`,
  ])('stays alone without a caption right after it: %s', (markup) => {
    expect(read(markup).markup).not.toContain('figure');
  });

  it('of the first place is the entry image, also without a caption', () => {
    const { image: first } = read(`<p>x</p>${image}<img src="https://s.example/b.jpg">`);
    expect(first).toBe('https://s.example/a.jpg');
  });

  it('takes the address of a picture whose own is a placeholder from its srcset', () => {
    const { image, defects } = read(
      '<img src="data:image/gif;base64,R0lG" srcset="https://s.example/a.jpg 310w, b.jpg 2x">',
    );
    expect(image).toBe('https://s.example/a.jpg');
    expect(defects).toEqual([]);
  });

  it('keeps sizes in pixels and candidates that are not proxied', () => {
    const { markup } = read('<p>x</p><img src="https://s.example/a.jpg" width="640" height="auto" srcset="b.jpg 2x">');
    expect(markup).toContain('<img src="https://s.example/a.jpg" width="640" srcset="b.jpg 2x">');
  });

  it('that loads late is shown at once', () => {
    expect(read('<p>x</p><img src="data:image/gif;base64,AA" data-src="/a.jpg">').image).toBe(
      'https://www.site.example/a.jpg',
    );
  });

  it.each(['javascript:x', ''])('without an address (%j) is left out with its caption and a defect', (address) => {
    const { markup, defects } = read(`<p>x</p><img src="${address}"><div><small>cap</small></div><p>y</p>`);
    expect(markup).toBe('<p>x</p><p>y</p>');
    expect(defects.map((defect) => defect.kind)).toEqual(['image-without-address']);
  });
});
