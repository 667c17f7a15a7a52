/**
 * The search in the browser: what it finds is shown while it is typed, tags are suggested after a comma too.
 */
import { all, load, one } from './browser.client.js';
import { keepRiver } from './river.client.js';

/** A search shows what it finds while it is typed; the form's own button does the same with a new page. */
export function enlivenSearch(form, enliven) {
  let timer;
  let asked;
  const search = () => {
    asked?.abort();
    const address = `/search?${new URLSearchParams(new FormData(form))}`;
    asked = load(address, (page, url) => {
      // What is being typed may not be a search yet.
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

/** Suggestions go on after a comma. */
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
