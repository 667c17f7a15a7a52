/**
 * The script of the public pages. Everything works without it; it writes text and attributes only, never markup.
 */
const units = [
  ['year', 31557600],
  ['month', 2629800],
  ['week', 604800],
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];
const language = document.documentElement.lang || 'en';
const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'narrow' });
const full = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' });

/** Says how long ago each moment of the last month was. A moment keeps the width of its day, so that no line moves. */
function tellTimes() {
  const told = [];
  for (const time of document.querySelectorAll('time[datetime]')) {
    const at = new Date(time.dateTime);
    const seconds = (at - Date.now()) / 1000;
    if (!Number.isFinite(seconds)) continue;
    time.title = full.format(at);
    if (Math.abs(seconds) > 2629800 || time.dataset.exact !== undefined) continue;
    const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) || units[6];
    told.push({ time, text: ago.format(Math.trunc(seconds / size), unit), width: time.offsetWidth });
  }
  for (const { time, text, width } of told) {
    time.style.cssText = `display:inline-block;width:${width}px`;
    time.textContent = text;
  }
}
tellTimes();
setInterval(tellTimes, 60000);

for (const button of document.querySelectorAll('button[data-copy]')) {
  const field = document.getElementById(button.dataset.copy);
  if (!field || !navigator.clipboard) continue;
  const label = button.textContent;
  button.hidden = false;
  const say = (word) => {
    button.textContent = word;
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  };
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(field.value).then(
      () => say(button.dataset.done),
      () => {
        field.select();
        say(button.dataset.failed);
      },
    );
  });
}

// Some browsers do not make a box that scrolls a stop of the keyboard.
for (const box of document.querySelectorAll('.prose pre, .prose table')) {
  if (box.scrollWidth <= box.clientWidth) continue;
  box.tabIndex = 0;
  if (box.localName === 'pre') {
    box.setAttribute('role', 'region');
    box.setAttribute('aria-label', 'Code');
  }
}

for (const image of document.querySelectorAll('main img')) {
  const hide = () => image.classList.add('broken');
  if (image.complete && image.naturalWidth === 0 && image.currentSrc !== '') hide();
  image.addEventListener('error', hide);
}

for (const field of document.querySelectorAll('input[readonly]')) field.addEventListener('focus', () => field.select());
