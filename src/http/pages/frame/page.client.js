/**
 * The script of the public pages. Everything works without it; it writes text and attributes, and moves elements of our own
 * pages, but never makes elements of text.
 */
const root = document.documentElement;
const all = (selector, inside = document) => inside.querySelectorAll(selector);
const one = (selector, inside = document) => inside.querySelector(selector);

/** What the browser keeps for us; some browsers keep nothing. */
function recall(store, name, value) {
  try {
    if (value === undefined) return window[store].getItem(name);
    if (value === '') window[store].removeItem(name);
    else window[store].setItem(name, value);
  } catch {}
  return null;
}

// Before anything is drawn, if the script is at hand.
const chosen = recall('localStorage', 'theme');
if (chosen) root.dataset.theme = chosen;

const units = [
  ['year', 31557600],
  ['month', 2629800],
  ['week', 604800],
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];
const language = root.lang || 'en';
const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'narrow' });
const full = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' });

/** Says how long ago each moment of the last month was. A moment keeps the width of its day, so that no line moves. */
function tellTimes() {
  const told = [];
  for (const time of all('time[datetime]')) {
    const at = new Date(time.dateTime);
    const seconds = (at - Date.now()) / 1000;
    if (!Number.isFinite(seconds)) continue;
    time.title = full.format(at);
    if (Math.abs(seconds) > 2629800 || time.dataset.exact !== undefined) continue;
    const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) || units[6];
    told.push([time, ago.format(Math.trunc(seconds / size), unit), time.offsetWidth]);
  }
  for (const [time, text, width] of told) {
    time.dataset.day ||= time.textContent;
    time.style.cssText = `display:inline-block;width:${width}px`;
    time.textContent = text;
  }
}

/** Says a word on a button for a moment. */
function say(button, word) {
  const label = (button.dataset.label ||= button.textContent);
  button.textContent = word;
  setTimeout(() => {
    button.textContent = label;
  }, 2000);
}

function copy(text, button, field) {
  navigator.clipboard.writeText(text).then(
    () => say(button, button.dataset.done),
    () => {
      field?.select();
      say(button, button.dataset.failed || text);
    },
  );
}

/** Asks for another page of ours; the browser reads it, so no text becomes markup here. */
function load(address, use) {
  const request = new XMLHttpRequest();
  request.open('GET', address);
  request.responseType = 'document';
  request.onload = () => {
    if (request.status < 500 && request.response) use(request.response, request.responseURL);
  };
  request.send();
  return request;
}

/** A picture that cannot be had: its words stay; without any it goes, unless that would move what is being read. */
function lose(image) {
  image.classList.add('broken');
  if (!image.alt && image.getBoundingClientRect().top > innerHeight) image.classList.add('gone');
}

/** Brings what a part of a page has to life. */
function enliven(part) {
  tellTimes();
  for (const button of all('[data-copy],[data-share]', part)) {
    if (navigator.clipboard || navigator.share) button.hidden = false;
  }
  for (const image of all('main img', part)) {
    if (image.complete && image.naturalWidth === 0 && image.currentSrc) lose(image);
    image.addEventListener('error', () => lose(image));
  }
  // Some browsers do not make a box that scrolls a stop of the keyboard.
  for (const box of all('.prose pre, .prose table', part)) {
    if (box.scrollWidth <= box.clientWidth) continue;
    box.tabIndex = 0;
    if (box.localName === 'pre') {
      box.setAttribute('role', 'region');
      box.setAttribute('aria-label', 'Code');
    }
  }
  for (const chart of all('svg.chart', part)) enlivenChart(chart);
}

/** A chart says the value under the pointer, or of the bar that the arrow keys have come to. */
function enlivenChart(chart) {
  const output = chart.parentNode.querySelector('.value');
  const bars = [...all('g', chart)];
  let at = bars.length - 1;
  const tell = (position) => {
    at = Math.max(0, Math.min(bars.length - 1, position));
    for (const bar of bars) bar.classList.toggle('told', bar === bars[at]);
    output.textContent = bars[at]?.textContent ?? '';
  };
  chart.tabIndex = 0;
  chart.addEventListener('focus', () => tell(at));
  chart.addEventListener('pointermove', ({ offsetX }) => tell(Math.floor((offsetX / chart.clientWidth) * bars.length)));
  chart.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowLeft') tell(at - 1);
    if (key === 'ArrowRight') tell(at + 1);
  });
}

/** Keeps the order of the river that is shown, for "newer" and "older" of the entries in it. */
function keepRiver() {
  const links = [...all('.river .card')].map((card) => {
    const link = one('a[href^="/entries/"]', card);
    return [link.pathname, one('h2, .summary', card)?.textContent.slice(0, 120) ?? ''];
  });
  if (links.length > 0) recall('sessionStorage', 'river', JSON.stringify(links));
}

/** Where the entry was opened from a river, that river's neighbours are the ones before and after it. */
function followRiver() {
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

/** The older entries come to where they are wanted; without the script the link leads to their page. */
function loadOlder(link) {
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

const themes = ['', 'light', 'dark'];
const themeNames = ['Theme: system', 'Theme: light', 'Theme: dark'];

function showTheme(button, change) {
  const at = (themes.indexOf(root.dataset.theme ?? '') + change) % themes.length;
  root.dataset.theme = themes[at];
  if (change) recall('localStorage', 'theme', themes[at]);
  button.textContent = themeNames[at];
}

const places = { h: '/', t: '/tags', s: '/sources' };
let isGoing = false;

/** The keys that `?` lists. */
function press(event) {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || /^(?:input|textarea|select)$/i.test(target.localName)) return;
  if (isGoing && places[key]) location.href = places[key];
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

/** A search shows what it finds while it is typed; the form's own button does the same with a new page. */
function enlivenSearch(form) {
  let timer;
  let asked;
  const search = () => {
    asked?.abort();
    const address = `/search?${new URLSearchParams(new FormData(form))}`;
    asked = load(address, (page, url) => {
      for (const name of ['.found', '.chips']) one(name)?.replaceWith(one(name, page) ?? '');
      history.replaceState(null, '', url);
      enliven(one('.found') ?? document);
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

function start() {
  enliven(document);
  setInterval(tellTimes, 60000);
  keepRiver();
  followRiver();
  const theme = one('[data-theme-switch]');
  theme.hidden = false;
  showTheme(theme, 0);
  const keys = one('[data-keys]');
  keys.hidden = false;
  document.addEventListener('keydown', press);
  document.addEventListener('click', (event) => {
    const { target } = event;
    const { copy: id, share } = target.dataset ?? {};
    const field = id && document.getElementById(id);
    if (field) copy(field.value, target, field);
    if (share && navigator.share) navigator.share({ url: share, title: target.dataset.title }).catch(() => {});
    else if (share) copy(share, target);
    if (target === theme) showTheme(theme, 1);
    if (target === keys) one('#keys').showModal();
    if (target.matches?.('.paging a[rel=next][data-load]')) {
      event.preventDefault();
      loadOlder(target);
    }
  });
  document.addEventListener('focusin', ({ target }) => {
    if (target.readOnly) target.select();
  });
  const form = one('form.builder');
  if (form) enlivenSearch(form);
  const filter = one('[data-filter]');
  if (filter) {
    filter.parentNode.hidden = false;
    filter.addEventListener('input', () => {
      const words = filter.value.toLowerCase();
      for (const item of all('.all-tags li')) item.hidden = !item.textContent.toLowerCase().includes(words);
    });
  }
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
else start();
