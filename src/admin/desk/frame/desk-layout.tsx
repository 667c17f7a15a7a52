/**
 * Makes the frame of every page of the desk: head, navigation, main part.
 */
import { siteIcon } from '../../../page/drawings.tsx';
import { fromSource, type Markup, renderMarkup } from '../../../page/markup.ts';
import { deskHeaders, deskScriptPath, deskStyle } from './desk-assets.ts';
import { PostButton } from './desk-parts.tsx';

/** A page of the desk. */
export interface DeskPage {
  readonly title: string;
  readonly siteTitle: string;
  /** The session's token; absent before the login. */
  readonly formToken?: string;
  /** The address of the page's place in the navigation. */
  readonly current?: string;
  readonly main: Markup;
}

const places = [
  ['/admin', 'Sources'],
  ['/admin/add', 'Add'],
  ['/admin/transfer', 'Import and backup'],
  ['/admin/rules', 'Rules'],
  ['/admin/views', 'Views'],
  ['/admin/system', 'System'],
] as const;

/** The page as a response. */
export function toDeskResponse(page: DeskPage, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  const text = `<!doctype html>${renderMarkup(<Frame {...page} />)}\n`;
  return new Response(text, { status, headers: { ...deskHeaders, ...headers } });
}

function Frame({ title, siteTitle, formToken, current, main }: DeskPage): Markup {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>{`${title} · ${siteTitle}`}</title>
        <meta name="robots" content="noindex,nofollow" />
        <meta name="theme-color" content="#fcfbf8" media="(prefers-color-scheme:light)" />
        <meta name="theme-color" content="#13181a" media="(prefers-color-scheme:dark)" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        {deskStyle.element}
        <script src={deskScriptPath} defer>
          {fromSource('')}
        </script>
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to content
        </a>
        <header class="site">
          <a class="brand" href="/" dir="auto">
            {siteIcon}
            {siteTitle}
          </a>
          {formToken !== undefined && <Navigation current={current} formToken={formToken} />}
        </header>
        <main id="main" tabindex="-1">
          {main}
        </main>
      </body>
    </html>
  );
}

function Navigation({
  current,
  formToken,
}: {
  readonly current: string | undefined;
  readonly formToken: string;
}): Markup {
  return (
    <>
      <nav aria-label="Desk">
        {places.map(([path, label]) => (
          <a href={path} aria-current={path === current && 'page'}>
            {label}
          </a>
        ))}
      </nav>
      <PostButton action="/admin/logout" formToken={formToken} label="Log out" />
    </>
  );
}
