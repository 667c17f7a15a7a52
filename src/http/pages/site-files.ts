/**
 * The small files beside the pages: the script, the icon, and what robots may do.
 */
import { favicon } from '../../page/drawings.tsx';
import { script, scriptPath } from './frame/page-script.ts';

/** Searches are endless; the owner's desk is nobody else's. */
const robots = `User-agent: *
Disallow: /search
Disallow: /admin
`;

const daySeconds = 86_400;

/** Paths of the files; `/assets/:file` is the script, whatever its version. */
export const siteFilePaths: readonly string[] = ['/assets/:file', '/favicon.svg', '/favicon.ico', '/robots.txt'];

/** The file at a path; `undefined` when there is none. */
export function toSiteFile(path: string): Response | undefined {
  if (path === '/robots.txt') return toFile(robots, 'text/plain; charset=utf-8', `max-age=${daySeconds}`);
  if (path.startsWith('/favicon.')) return toFile(favicon, 'image/svg+xml', `max-age=${daySeconds}`);
  if (!/^\/assets\/page-[0-9a-v]{12}\.js$/.test(path)) return undefined;
  // A page kept from before a deploy asks for the script of its day: today's serves it too, but not for long.
  const age = path === scriptPath ? `max-age=${365 * daySeconds}, immutable` : 'max-age=300';
  return toFile(script, 'text/javascript; charset=utf-8', age);
}

function toFile(text: string, type: string, age: string): Response {
  return new Response(text, {
    headers: { 'Content-Type': type, 'Cache-Control': `public, ${age}`, 'X-Content-Type-Options': 'nosniff' },
  });
}
