/**
 * The owner's tag rules: those of the file as they are, the owner's own to add and remove, and before one is saved what its
 * words find now.
 */
import type { TagRule } from '../../../feed/tag/rules.ts';
import { toTag } from '../../../feed/tag/to-tag.ts';
import { html, type Markup } from '../../../page/html.ts';
import { count } from '../../../page/plural.ts';
import type { RuleBook } from '../../../pipeline/archive-owner.ts';
import type { ApiProblem } from '../frame/api-call.ts';
import { postButton, renderProblem, tokenField } from '../frame/desk-layout.ts';
import { renderDone } from '../frame/notes.ts';

const places = { both: 'Title and text', title: 'Title', text: 'Text' } as const;

/** What one word of a draft finds now: titles of entries, the newest. */
export interface RuleFinding {
  readonly word: string;
  readonly titles: readonly string[];
  readonly more: boolean;
}

/** A rule that is being written. */
export interface RuleDraft {
  readonly tag: string;
  readonly words: string;
  readonly where: keyof typeof places;
}

/** What the page is made of. */
export interface RulesView {
  readonly url: URL;
  readonly book: RuleBook;
  readonly formToken: string;
  readonly draft?: RuleDraft | undefined;
  readonly findings?: readonly RuleFinding[];
  readonly problem?: ApiProblem | undefined;
}

/** Makes its content. */
export function renderRulesPage({ url, book, formToken, draft, findings = [], problem }: RulesView): Markup {
  const { declared, rules, isRetagging } = book;
  return html`<h1>Rules</h1><p class="lede">An entry that holds one of a rule’s words gets the rule’s tag.</p>${renderDone(url)}${problem !== undefined && renderProblem(problem)}${isRetagging && html`<p class="panel" role="status">The archive is being tagged by the rules as they are now.</p>`}${renderForm(draft, findings, formToken)}<section><h2>Your rules</h2>${
    rules.length === 0
      ? html`<p class="soft">There are none yet.</p>`
      : html`<ul class="entries">${rules.map((rule, at) => html`<li>${renderRule(rule)}<div class="acts">${postButton(formToken, '/admin/rules/remove', 'Remove', 'quiet danger', { rule: JSON.stringify(rule) }, `rule ${at + 1}, ${rule.tag}`)}</div></li>`)}</ul>`
  }</section>${declared.length > 0 && html`<section><h2>In seeds/tags.json</h2><p class="soft">${count(declared.length, 'rule')}, changed in the file.</p><ul class="entries">${declared.map((rule) => html`<li>${renderRule(rule)}</li>`)}</ul></section>`}`;
}

function renderForm(draft: RuleDraft | undefined, findings: readonly RuleFinding[], formToken: string): Markup {
  return html`<section class="panel"><h2>Add a rule</h2><form method="get" action="/admin/rules"><div class="fields"><label>Tag<input name="tag" required maxlength="100" dir="auto" value="${draft?.tag ?? ''}"></label><label>Any of these words<input name="words" required dir="auto" value="${draft?.words ?? ''}"><span class="hint">Words or phrases of any script; separate them with commas.</span></label><label>Looked for in<select name="where">${Object.entries(
    places,
  ).map(
    ([value, label]) => html`<option value="${value}"${value === draft?.where && html` selected`}>${label}</option>`,
  )}</select></label><div class="wide"><button class="quiet">See what it would tag</button></div></div></form>${draft !== undefined && html`<h3>What it would tag, the newest</h3>${findings.map(renderFinding)}<form method="post" action="/admin/rules">${tokenField(formToken)}<input type="hidden" name="tag" value="${draft.tag}"><input type="hidden" name="words" value="${draft.words}"><input type="hidden" name="where" value="${draft.where}"><button>Save the rule</button></form>`}</section>`;
}

function renderFinding({ word, titles, more }: RuleFinding): Markup {
  return html`<p><a href="/search?q=${encodeURIComponent(`"${word}"`)}"><bdi>${word}</bdi></a>${titles.length === 0 && ': nothing now'}</p>${titles.length > 0 && html`<ul class="plainlist">${titles.map((title) => html`<li><bdi>${title}</bdi></li>`)}${more && html`<li>and more</li>`}</ul>`}`;
}

function renderRule({ tag, any, in: where = 'both', source }: TagRule): Markup {
  const slug = toTag(tag)?.slug;
  return html`<h3>${slug === undefined ? html`<bdi>${tag}</bdi> <span class="badge bad">no tag</span>` : html`<a href="/tags/${encodeURIComponent(slug)}"><bdi>${tag}</bdi></a>`}</h3><p class="soft">${places[where]}${source !== undefined && html`, of the source <a href="/admin/sources/${encodeURIComponent(source)}">${source}</a> alone`}</p><ul class="tags" aria-label="Words of ${tag}">${any.map(
    (word) => html`<li><a href="/search?q=${encodeURIComponent(`"${word}"`)}"><bdi>${word}</bdi></a></li>`,
  )}</ul>`;
}
