/**
 * Extends the search in the browser: shows results while the reader types, and suggests tags after a comma.
 */
import { all, load, one } from './browser.client.js';
import { keepRiver } from './river.client.js';

/** Shows results while the reader types; the form's own button does the same with a new page. */
export function enlivenSearch(form, enliven) {
  let timer;
  let asked;
  const search = () => {
    asked?.abort();
    const address = `/search?${new URLSearchParams(new FormData(form))}`;
    asked = load(address, (page, url) => {
      // The text may not be a complete search yet.
      if (!one('.found', page) || !one('.found')) return;
      for (const name of ['.found', '.chips']) one(name).replaceWith(one(name, page));
      history.replaceState(null, '', url);
      enliven(document);
      keepRiver();
    });
  };
  form.addEventListener('input', ({ target }) => {
    suggest(target);
    clearTimeout(timer);
    timer = setTimeout(search, 400);
  });
}

/** Suggests tags after a comma, too. */
function suggest({ list, value }) {
  if (!list) return;
  const before = value.slice(0, value.lastIndexOf(',') + 1);
  for (const option of list.options) {
    option.dataset.tag ||= option.value;
    option.value = before ? `${before} ${option.dataset.tag}` : option.dataset.tag;
  }
}

/** The filter of the page of tags. */
export function enlivenFilter() {
  const filter = one('[data-filter]');
  if (!filter) return;
  filter.parentNode.hidden = false;
  filter.addEventListener('input', () => {
    const words = filter.value.toLowerCase();
    for (const item of all('.all-tags li')) item.hidden = !item.textContent.toLowerCase().includes(words);
    for (const group of all('.tag-group')) group.hidden = !one('li:not([hidden])', group);
  });
}
