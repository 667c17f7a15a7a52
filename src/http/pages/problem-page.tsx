/**
 * Shows problems to people: browsers get a page where programs get problem+json.
 *
 * The page is made from the problem response, so that only `problem.ts` decides what it says.
 */

import { type Markup, renderMarkup } from '../../page/markup.ts';
import type { Config } from '../../pipeline/config.ts';
import { isBrowserTab } from '../browser-tab.ts';
import { Page, toPageContext } from './frame/layout.tsx';
import { pageHeaders } from './frame/page-assets.ts';
import { TagLinks } from './parts/tag-links.tsx';

/** Whether the client wants a page, at an address that is not a feed's. */
export function wantsPage(request: Request): boolean {
  return isBrowserTab(request) || (request.headers.get('Accept') ?? '').includes('text/html');
}

/** The page for a problem response; any other response is returned unchanged. */
export async function toProblemPage(config: Config, request: Request, response: Response): Promise<Response> {
  if (!response.headers.get('Content-Type')?.startsWith('application/problem+json')) return response;
  const problem: unknown = await response.json();
  const head = {
    title: `${text(problem, 'title')} · ${config.siteTitle}`,
    description: text(problem, 'detail'),
    isIndexed: false,
  };
  const page = (
    <Page context={toPageContext(config, new URL(request.url))} head={head}>
      <div class="plain">
        <h1>{text(problem, 'title')}</h1>
        <Explanation problem={problem} />
        <p>
          {response.status === 404 ? 'Perhaps it is under' : 'Go on with'} <a href="/">the newest entries</a>,{' '}
          <a href="/tags">the tags</a>, <a href="/sources">the sources</a> or <a href="/search">the search</a>.
        </p>
      </div>
    </Page>
  );
  return new Response(renderMarkup(page), {
    status: response.status,
    headers: {
      ...pageHeaders,
      'Cache-Control': response.headers.get('Cache-Control') ?? 'no-store',
      Vary: 'Accept, Sec-Fetch-Dest',
    },
  });
}

function Explanation({ problem }: { readonly problem: unknown }): Markup {
  const near = list(problem, 'near').filter((slug) => typeof slug === 'string');
  const problems = list(problem, 'problems');
  if (near.length > 0) {
    return (
      <>
        <p>
          No entry has the tag{' '}
          <strong>
            <bdi>{text(problem, 'tag')}</bdi>
          </strong>
          . Did you mean one of these?
        </p>
        <TagLinks tags={near.map((slug) => ({ slug, label: slug }))} />
      </>
    );
  }
  if (problems.length === 0) return <p>{text(problem, 'detail')}</p>;
  return (
    <ul>
      {problems.map((each) => (
        <li>
          <strong>{text(each, 'parameter') || text(each, 'setting')}</strong>: {text(each, 'detail')}
        </li>
      ))}
    </ul>
  );
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function text(value: unknown, name: string): string {
  const found = member(value, name);
  return typeof found === 'string' ? found : '';
}

function list(value: unknown, name: string): readonly unknown[] {
  const found = member(value, name);
  return Array.isArray(found) ? found : [];
}
