/**
 * Answers `GET /media/NAME`: the pictures that the Worker brings along, from its static assets.
 *
 * They are our own files, but an SVG is a document: when it is opened alone, it may run and load nothing.
 */
import { picturesPath } from '../../domain/seed-picture.ts';

/** Fetches a static asset of this Worker, with the caller's validators. */
export type FetchAsset = (path: string, headers: Headers) => Promise<Response>;

const picture = /^\/media\/[\w-]+(?:\/[\w-]+)*\.(?:svg|webp|png|jpe?g)$/;

/** Whether a path leads to such a picture. */
export function isPicturePath(path: string): boolean {
  return path.startsWith(picturesPath) && picture.test(path);
}

/** Serves a picture; `undefined` when there is none. */
export async function servePicture(fetchAsset: FetchAsset, request: Request): Promise<Response | undefined> {
  const { pathname } = new URL(request.url);
  if (!isPicturePath(pathname)) return undefined;
  const validator = request.headers.get('If-None-Match');
  const asset = await fetchAsset(pathname, new Headers(validator === null ? {} : { 'If-None-Match': validator }));
  if (asset.status !== 200 && asset.status !== 304) {
    await asset.body?.cancel();
    return undefined;
  }
  const headers = new Headers({
    'Cache-Control': 'public, max-age=2592000',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'X-Content-Type-Options': 'nosniff',
  });
  for (const name of ['Content-Type', 'ETag']) {
    const value = asset.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return new Response(asset.body, { status: asset.status, headers });
}
