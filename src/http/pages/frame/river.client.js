/**
 * Extends rivers in the browser: remembers their order for the pages of entries, loads older entries in place, moves by
 * keys.
 */
import { all, load, one, recall } from './browser.client.js';

/** Remembers the order of the shown river, for "newer" and "older" on the pages of its entries. */
export function keepRiver() {
  const links = [...all('.river .card')].map((card) => {
    const link = one('a[href^="/entries/"]', card);
    return [link.pathname, one('h2, .summary', card)?.textContent.slice(0, 120) ?? ''];
  });
  if (links.length > 0) recall('sessionStorage', 'river', JSON.stringify(links));
}

/** If the entry was opened from a river, its neighbours there become the links before and after. */
export function followRiver() {
  const links = JSON.parse(recall('sessionStorage', 'river') ?? '[]');
  const at = links.findIndex(([path]) => path === location.pathname);
  if (at === -1) return;
  for (const [relation, link] of [
    ['prev', links[at - 1]],
    ['next', links[at + 1]],
  ]) {
    const shown = one(`.neighbours a[rel=${relation}]`);
    if (!shown) continue;
    shown.hidden = !link;
    if (!link) continue;
    shown.href = link[0];
    one('b', shown).textContent = link[1];
  }
}

/** Loads older entries in place; without the script, the link leads to their page. */
export function loadOlder(link, enliven) {
  load(link.href, (page) => {
    const cards = [...all('.river .card', page)];
    one('.river').append(...cards);
    const next = one('.paging a[rel=next]', page);
    if (next) link.href = next.getAttribute('href');
    else link.remove();
    enliven(document);
    keepRiver();
    one('a', cards[0])?.focus();
  });
}

const places = { h: '/', t: '/tags', s: '/sources' };
let isGoing = false;

/** The keys that `?` lists. */
export function press(event) {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || /^(?:input|textarea|select)$/i.test(target.localName)) return;
  if (isGoing && places[key]) {
    location.href = places[key];
    return;
  }
  isGoing = key === 'g';
  const cards = [...all('.river .card')];
  const at = cards.findIndex((card) => card.contains(document.activeElement));
  const step = key === 'j' ? 1 : key === 'k' ? -1 : 0;
  if (step && cards.length > 0) {
    const card = cards[Math.max(0, Math.min(cards.length - 1, at === -1 ? 0 : at + step))];
    one('a[href^="/entries/"]', card).focus();
    card.scrollIntoView({ block: 'nearest' });
  } else if (step) one(`.neighbours a[rel=${step > 0 ? 'next' : 'prev'}]:not([hidden])`)?.click();
  if (key === 'o') (cards[at] ? one('a[href^="/entries/"]', cards[at]) : one('.links a'))?.click();
  if (key === 's' && one('.subscribe')) {
    one('.subscribe').open = true;
    one('.subscribe summary').focus();
  }
  if (key === '/') {
    event.preventDefault();
    const field = one('input[type=search][name=q]');
    if (field?.offsetParent) field.focus();
    else location.href = '/search';
  }
  if (key === '?') one('#keys').showModal();
}
