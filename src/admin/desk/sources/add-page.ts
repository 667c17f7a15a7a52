/**
 * Adding a source: an address, what reading it gives, and only then the decision.
 */
import { html, type Markup } from '../../../page/html.ts';
import { count } from '../../../page/plural.ts';
import type { preview } from '../../api/contract/schema.ts';
import type { ApiAnswer, ApiProblem } from '../frame/api-call.ts';
import { renderProblem, renderTags, tokenField } from '../frame/desk-layout.ts';
import { renderDefects } from './defect-list.ts';
import { sourcePath } from './source-row.ts';

/** What the API answers to a preview. */
type Preview = (typeof preview)['_zod']['output'];

/** Entries a person looks at before deciding. */
const shownEntries = 8;

/** The page with the field alone, or with what the address gives. */
export function renderAddPage(
  address: string,
  answer: ApiAnswer | undefined,
  formToken: string,
  problem?: ApiProblem,
): Markup {
  return html`<h1>Add a source</h1><form class="row panel" method="get" action="/admin/add"><label>Address of a site or of its feed<input type="url" name="url" required placeholder="https://example.org/" value="${address}" autocomplete="off"></label><button>Look</button><span class="hint wide">It is asked now; nothing is kept until you decide.</span></form>${
    problem !== undefined && renderProblem(problem)
  }${answer !== undefined && (answer.ok ? renderPreview(answer.json as Preview, formToken) : html`${renderProblem(answer.problem)}<p>Look for a link named RSS, Atom or Feed on the site, and paste its address. Some sites have no feed at all.</p>`)}`;
}

function renderPreview(feed: Preview, formToken: string): Markup {
  const { url, title, description, discoveredFrom, format, language, entries, defects, known } = feed;
  return html`<section aria-labelledby="feed"><h2 id="feed"><bdi>${title || url}</bdi></h2>${description !== '' && html`<p class="lede" dir="auto">${description}</p>`}<p class="soft">${
    discoveredFrom === null ? 'The address is a feed: ' : 'The page has a feed: '
  }<bdi>${url}</bdi> · ${format}${language !== null && html` · ${language}`} · ${count(entries.length, 'entry', 'entries')}${entries.length === 50 && ' or more'}</p>${
    known === null
      ? renderDecision(feed, formToken)
      : html`<p class="panel good">You follow this feed already: <a href="${sourcePath(known)}">its page</a>.</p>`
  }<h2>What it brings</h2>${
    entries.length === 0
      ? html`<p>It has no entries yet.</p>`
      : html`<ul class="entries">${entries
          .slice(0, shownEntries)
          .map(
            (entry) =>
              html`<li><h3 dir="auto">${entry.title || 'Untitled'}</h3><p class="soft"><span>${(entry.published ?? entry.updated ?? 'no date').slice(0, 10)}</span> <bdi>${entry.url ?? ''}</bdi></p>${entry.summary !== '' && html`<p dir="auto">${entry.summary}</p>`}${renderTags(entry.tags)}</li>`,
          )}</ul>`
  }${entries.length > shownEntries && html`<p class="soft">and ${entries.length - shownEntries} more</p>`}${
    defects.length > 0 &&
    html`<details class="fold"><summary>${count(defects.length, 'fault')} in the feed, forgiven</summary>${renderDefects(defects.map(({ line, entryIndex, ...rest }) => ({ ...rest, ...(line === undefined ? {} : { line }), ...(entryIndex === undefined ? {} : { entryIndex }) })))}</details>`
  }</section>`;
}

function renderDecision({ url, title }: Preview, formToken: string): Markup {
  return html`<form class="panel" method="post" action="/admin/add">${tokenField(formToken)}<input type="hidden" name="url" value="${url}"><div class="fields"><label>Title<input name="title" maxlength="500" placeholder="${title}" dir="auto"><span class="hint">Empty: as the feed calls itself.</span></label><label>Tags<input name="tags" dir="auto"><span class="hint">Every entry gets them. Separate them with commas.</span></label><label>Show at most<input type="number" name="maxEntries" min="0" max="1000000" value="0"><span class="hint">Entries, the newest. 0 shows all.</span></label><label class="check"><input type="checkbox" name="fullText"><span>Read whole articles<span class="hint">Where the feed carries only a summary, the article’s page is asked once.</span></span></label><div class="wide"><button>Follow</button></div></div></form>`;
}
