/**
 * The owner's tag rules, as they are, each with what it has tagged and what its words find now. They are written in
 * seeds/tags.json.
 */

import type { TagRule } from '../../feed/tag/rules.ts';
import { toTag } from '../../feed/tag/slug.ts';
import { html, type Markup } from '../../page/html.ts';
import { count } from '../../page/plural.ts';

const places = { title: 'in the title', text: 'in the text', both: 'in title and text' } as const;

/** Makes its content. */
export function renderRulesPage(rules: readonly TagRule[]): Markup {
  return html`<h1>Rules</h1><p class="lede">An entry that holds one of a rule’s words gets the rule’s tag. Rules are written in <code>seeds/tags.json</code> and come with the next deploy; entries that come in from then on are tagged by them.</p>${
    rules.length === 0
      ? html`<div class="panel"><h2>There are no rules</h2><p>A rule is a line such as <code>{ "tag": "water", "any": ["river", "河流"] }</code>.</p></div>`
      : html`<p class="soft">${count(rules.length, 'rule')}. A word leads to the entries that hold it now: what the rule would tag.</p><ul class="entries">${rules.map(renderRule)}</ul>`
  }`;
}

function renderRule({ tag, any, in: where = 'both', source }: TagRule): Markup {
  const slug = toTag(tag)?.slug;
  return html`<li><h3>${slug === undefined ? html`<bdi>${tag}</bdi> <span class="badge bad">no tag</span>` : html`<a href="/tags/${encodeURIComponent(slug)}"><bdi>${tag}</bdi></a>`}</h3><p class="soft">${places[where]}${source !== undefined && html`, of the source <a href="/admin/sources/${encodeURIComponent(source)}">${source}</a> alone`}</p><ul class="tags">${any.map(
    (word) => html`<li><a href="/search?q=${encodeURIComponent(`"${word}"`)}"><bdi>${word}</bdi></a></li>`,
  )}</ul></li>`;
}
