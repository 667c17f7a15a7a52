import { describe, expect, it } from 'vitest';
import { toPagePicture, withPagePicture } from '../../src/domain/seed-picture.ts';
import { isPicturePath, servePicture } from '../../src/http/documents/seed-pictures.ts';

async function assets(path: string, headers: Headers): Promise<Response> {
  if (path !== '/media/river.svg') return new Response('no', { status: 404 });
  const known = headers.get('If-None-Match') === '"a"';
  const held = { 'Content-Type': 'image/svg+xml', ETag: '"a"' };
  return new Response(known ? null : '<svg/>', { status: known ? 304 : 200, headers: held });
}

function get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response | undefined> {
  return servePicture(assets, new Request(`https://site.example${path}`, { headers }));
}

describe('a picture of the seeds', () => {
  it('is served for long, and can run nothing', async () => {
    const response = await get('/media/river.svg');
    expect(response?.status).toBe(200);
    expect(await response?.text()).toBe('<svg/>');
    expect(Object.fromEntries(response?.headers ?? [])).toEqual({
      'cache-control': 'public, max-age=2592000',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'content-type': 'image/svg+xml',
      'cross-origin-resource-policy': 'cross-origin',
      etag: '"a"',
      'x-content-type-options': 'nosniff',
    });
  });

  it('is not sent again to whoever has it', async () => {
    expect((await get('/media/river.svg', { 'If-None-Match': '"a"' }))?.status).toBe(304);
  });

  it('is absent when there is none', async () => {
    expect(await get('/media/other.svg')).toBeUndefined();
  });

  it.each(['/seeds/0a1b.bin', '/media/../seeds/0a1b.bin', '/media/x.bin', '/media/', '/media/x.html', '/media/.svg'])(
    'is not at %s: only pictures leave the assets',
    (path) => {
      expect(isPicturePath(path)).toBe(false);
    },
  );

  it('has the address of the Worker on our pages', () => {
    expect(toPagePicture('https://pictures.tributary.example/river.svg')).toBe('/media/river.svg');
    expect(toPagePicture('https://elsewhere.example/river.svg')).toBe('https://elsewhere.example/river.svg');
    expect(withPagePicture(' src="https://pictures.tributary.example/river.svg" alt="x"')).toBe(
      ' src="/media/river.svg" alt="x"',
    );
  });
});
