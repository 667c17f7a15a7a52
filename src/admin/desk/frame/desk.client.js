/**
 * Runs the script of the desk: moves the bar of long work, copies addresses, chooses all rows at once, takes files that
 * are dropped on any page. Everything works without it. It writes text and attributes only, never markup.
 */

/** Moves the bar of long work until the queue is empty. */
function watchWork(section) {
  const bar = section.querySelector('progress');
  const words = section.querySelector('[data-words]');
  let most = bar.max;
  let quiet = 0;
  const look = async () => {
    try {
      const { queue, seeds } = await (await fetch('/health', { cache: 'no-store' })).json();
      const left = queue.due + queue.inFlight;
      const isLoading = seeds.loaded < seeds.total;
      most = isLoading ? seeds.total : Math.max(most, left);
      bar.max = most;
      bar.value = isLoading ? seeds.loaded : most - left;
      quiet = left === 0 ? quiet + 1 : 0;
      const next = queue.inFlight === 0 ? ' The next wake-up takes them.' : '';
      const loaded = isLoading ? ` ${seeds.loaded} of ${seeds.total} archived articles are loaded.` : '';
      const work = `${queue.due} waiting, ${queue.inFlight} in work.${next}${loaded}`;
      words.textContent = left === 0 ? 'All work is done.' : work;
      if (quiet > 1) {
        section.dataset.done = '';
        return;
      }
    } catch {
      words.textContent = 'The server does not answer; trying again.';
    }
    setTimeout(look, 1500);
  };
  void look();
}

for (const section of document.querySelectorAll('#work')) watchWork(section);

for (const button of document.querySelectorAll('button[data-copy]')) {
  const field = document.getElementById(button.dataset.copy);
  if (!field || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(field.value).then(() => {
      button.textContent = 'Copied';
    });
  });
}

for (const link of document.querySelectorAll('a[data-bookmarklet]')) {
  link.href = document.getElementById(link.dataset.bookmarklet).value;
  link.hidden = false;
  // A click does nothing here: the link is made to be dragged.
  link.addEventListener('click', (event) => event.preventDefault());
}

for (const button of document.querySelectorAll('button[data-choose-all]')) {
  const boxes = [...document.querySelectorAll('.tick input')];
  button.hidden = false;
  button.addEventListener('click', () => {
    const isAll = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !isAll;
  });
}

/** Prevents a form from being sent twice. */
for (const form of document.forms) {
  if (form.method !== 'post') continue;
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent !== undefined) event.preventDefault();
    form.dataset.sent = '';
    event.submitter?.setAttribute('aria-busy', 'true');
  });
}
addEventListener('pageshow', () => {
  for (const form of document.forms) delete form.dataset.sent;
});

/** Adds a button that saves the lines of a report as a file. */
function offerDownload(section, lines) {
  const link = document.createElement('a');
  link.className = 'button quiet';
  link.download = 'report.txt';
  link.textContent = 'Download the report';
  link.href = URL.createObjectURL(new Blob([lines.join('\n')], { type: 'text/plain' }));
  section.append(link);
}

for (const section of document.querySelectorAll('[data-report]')) {
  offerDownload(
    section,
    [...section.querySelectorAll('p, li')].map((line) => line.textContent),
  );
}

/** The dropped files, those in folders too, each with its path. */
async function readDrop({ items, files }) {
  const read = async (entry, path) => {
    if (entry.isFile) {
      const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
      return [{ file, path: path + file.name }];
    }
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (entries.length === 0) return found;
      for (const each of entries) found.push(...(await read(each, `${path}${entry.name}/`)));
    }
  };
  const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length === 0) return [...files].map((file) => ({ file, path: file.name }));
  return (await Promise.all(entries.map((entry) => read(entry, '')))).flat();
}

/** Sends one file to its call of the API; returns the outcome, and the problems in lines. */
async function send({ file, path }) {
  const isList = /\.(opml|xml)$/i.test(path);
  if (!isList && !/\.(md|markdown|html?|txt)$/i.test(path)) {
    return { taken: [], refused: [`${path}: is neither a list nor an article`] };
  }
  const form = new FormData();
  form.append('file', file, path);
  const response = await fetch(isList ? '/admin/api/opml' : '/admin/api/entries', { method: 'POST', body: form });
  const answer = await response.json();
  if (!response.ok) return { taken: [], refused: [`${path}: ${answer.detail}`] };
  const refused = answer.rejected.map(({ line, reason }) => `${path}, line ${line}: ${reason}`);
  const { added, updated, unchanged } = answer;
  return {
    taken: isList ? [`${path}: ${added} added, ${updated} brought up to date, ${unchanged} unchanged`] : [],
    refused,
  };
}

/** Sends dropped files one after the other, and shows the progress. */
async function takeDrop(files) {
  const section = document.createElement('section');
  section.className = 'panel work';
  section.setAttribute('role', 'status');
  const words = document.createElement('p');
  const bar = document.createElement('progress');
  bar.max = files.length;
  bar.value = 0;
  bar.setAttribute('aria-label', 'Files sent');
  section.append(words, bar);
  document.getElementById('main').prepend(section);
  const lines = [];
  let refusals = 0;
  for (const one of files) {
    words.textContent = `${bar.value + 1} of ${files.length}: ${one.path}`;
    const { taken, refused } = await send(one).catch(() => ({
      taken: [],
      refused: [`${one.path}: the server did not answer`],
    }));
    lines.push(...taken, ...refused);
    refusals += refused.length;
    bar.value += 1;
  }
  const trouble = refusals === 0 ? 'All of it was taken.' : `${refusals} could not be used.`;
  words.textContent = `${files.length} ${files.length === 1 ? 'file' : 'files'} sent. ${trouble}`;
  const list = document.createElement('ul');
  for (const line of lines.slice(0, 100)) {
    const item = document.createElement('li');
    item.textContent = line;
    list.append(item);
  }
  const rest = document.createElement('div');
  const told = document.createElement('p');
  told.dataset.words = '';
  rest.append(told, document.createElement('progress'));
  bar.replaceWith(list, rest);
  const acts = document.createElement('div');
  acts.className = 'acts';
  const again = document.createElement('a');
  again.className = 'button';
  again.href = '/admin';
  again.textContent = 'Show the sources';
  acts.append(again);
  section.append(acts);
  offerDownload(acts, [words.textContent, ...lines]);
  watchWork(rest);
}

const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');
const isField = (event) => event.target instanceof HTMLInputElement && event.target.type === 'file';

if (document.querySelector('form[action="/admin/logout"]')) {
  addEventListener('dragover', (event) => {
    if (!hasFiles(event) || isField(event)) return;
    event.preventDefault();
    document.documentElement.dataset.drop = 'Drop lists and articles here';
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) delete document.documentElement.dataset.drop;
  });
  addEventListener('drop', (event) => {
    delete document.documentElement.dataset.drop;
    if (!hasFiles(event) || isField(event)) return;
    event.preventDefault();
    void readDrop(event.dataTransfer).then((files) => (files.length > 0 ? takeDrop(files) : undefined));
  });
}
