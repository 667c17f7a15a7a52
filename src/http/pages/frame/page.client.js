/**
 * Runs the script of the public pages. Everything works without it. It writes text and attributes, and moves elements of
 * our own pages, but never makes elements of text.
 */
import { all, one, recall, root } from './browser.client.js';
import { followRiver, keepRiver, loadOlder, press } from './river.client.js';
import { enlivenFilter, enlivenSearch } from './search.client.js';

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

/** Shows the age of each moment of the last month. It keeps the width of the day, so that no line moves. */
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

/** Shows a word on a button for a moment. */
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

/**
 * Handles a picture that does not load: its words stay; without words it is removed, unless that would move the text
 * being read.
 */
function lose(image) {
  image.classList.add('broken');
  if (!image.alt && image.getBoundingClientRect().top > innerHeight) image.classList.add('gone');
}

/** Starts the script in a part of a page. */
function enliven(part) {
  tellTimes();
  for (const button of all('[data-copy],[data-share]', part)) {
    if (navigator.clipboard || navigator.share) button.hidden = false;
  }
  for (const image of all('main img', part)) {
    if (image.complete && image.naturalWidth === 0 && image.currentSrc) lose(image);
    image.addEventListener('error', () => lose(image));
  }
  // Some browsers do not let the keyboard reach a box that scrolls.
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

/** Shows the value of a chart's bar under the pointer, or of the one that the arrow keys reached. */
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

const themes = ['', 'light', 'dark'];
const themeNames = ['Theme: system', 'Theme: light', 'Theme: dark'];

function showTheme(button, change) {
  const at = (themes.indexOf(root.dataset.theme ?? '') + change) % themes.length;
  root.dataset.theme = themes[at];
  if (change) recall('localStorage', 'theme', themes[at]);
  button.textContent = themeNames[at];
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
    const player = target.dataset?.at && one('audio, video');
    if (player) {
      event.preventDefault();
      player.currentTime = target.dataset.at;
      player.play().catch(() => {});
    }
    if (target === theme) showTheme(theme, 1);
    if (target === keys) one('#keys').showModal();
    if (target.matches?.('.paging a[rel=next][data-load]')) {
      event.preventDefault();
      loadOlder(target, enliven);
    }
  });
  document.addEventListener('focusin', ({ target }) => {
    if (target.readOnly) target.select();
  });
  const form = one('form.builder');
  if (form) enlivenSearch(form, enliven);
  enlivenFilter();
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
else start();
