/**
 * The small files beside the pages: the script, the icon, and what robots may do.
 */
import type { Hono } from 'hono';
import { favicon } from './drawings.ts';
import { script, scriptPath } from './script.ts';

/** Searches are endless; the owner's desk is nobody else's. */
const robots = `User-agent: *
Disallow: /search
Disallow: /admin
`;

/** Adds their routes. */
export function addSiteFiles(routes: Hono): void {
  routes.get('/assets/:file', (context) => {
    // A page kept from before a deploy asks for the script of its day: today's serves it too, but not for long.
    const isCurrent = context.req.path === scriptPath;
    if (!/^page-[0-9a-v]{12}\.js$/.test(context.req.param('file'))) return context.notFound();
    return toFile(script, 'text/javascript; charset=utf-8', isCurrent ? 31_536_000 : 300, isCurrent);
  });
  routes.get('/favicon.svg', () => toFile(favicon, 'image/svg+xml', 86_400));
  routes.get('/favicon.ico', () => toFile(favicon, 'image/svg+xml', 86_400));
  routes.get('/robots.txt', () => toFile(robots, 'text/plain; charset=utf-8', 86_400));
}

function toFile(text: string, type: string, maxAgeSeconds: number, isImmutable: boolean = false): Response {
  return new Response(text, {
    headers: {
      'Content-Type': type,
      'Cache-Control': `public, max-age=${maxAgeSeconds}${isImmutable ? ', immutable' : ''}`,
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
