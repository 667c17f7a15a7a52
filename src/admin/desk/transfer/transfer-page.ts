/**
 * What comes in and goes out in files: subscription lists, archived articles, backups; with a report of every upload.
 */
import { html, type Markup } from '../../../page/html.ts';
import { count, group } from '../../../page/plural.ts';
import type { ArchiveHealth } from '../../../pipeline/archive-owner.ts';
import type { articlesOutcome, importOutcome, opmlOutcome } from '../../api/contract/schema.ts';
import type { ApiAnswer } from '../frame/api-call.ts';
import { maxFileFormBytes } from '../frame/desk-form.ts';
import { renderProblem, tokenField } from '../frame/desk-layout.ts';
import { renderWork } from '../frame/work-bar.ts';

/** What was uploaded. */
export type Upload = 'opml' | 'articles' | 'backup';

/** What the page is made of. */
export interface TransferView {
  readonly health: ArchiveHealth;
  readonly formToken: string;
  readonly upload?: { readonly kind: Upload; readonly answer: ApiAnswer };
}

/** Rejections that a page lists. */
const maxShown = 100;

/** Makes its content. */
export function renderTransferPage({ health, formToken, upload }: TransferView): Markup {
  return html`<h1>Import and backup</h1>${upload !== undefined && renderReport(upload.kind, upload.answer)}${renderWork(health, '/admin/transfer')}<div class="pair"><section class="panel"><h2>Subscription list</h2><p class="soft">The OPML file that other readers export. Its folders become tags; what you follow already keeps its tags and gets the new ones.</p>${uploadForm(formToken, 'opml', 'OPML file', 'Import the list', html` accept=".opml,.xml,text/x-opml,text/xml,application/xml" required`)}<p><a href="/admin/api/opml" download>Download your list</a></p></section><section class="panel"><h2>Archived articles</h2><p class="soft">Files in the archived-article format; the folders of a whole folder become tags. At most 500 files and 16 MB at once. The same file again changes nothing.</p><form method="post" action="/admin/transfer/articles" enctype="multipart/form-data">${tokenField(formToken)}<p><label>Article files<input type="file" name="file" multiple></label></p><p><label>or a whole folder<input type="file" name="file" webkitdirectory multiple></label></p><p><button>Record the articles</button></p></form></section><section class="panel"><h2>Backup</h2><p class="soft">Everything there is: sources with what is known of them, entries, views, rules. One file, a line a record.</p><p><a class="button" href="/admin/api/export" download>Download a backup</a></p></section><section class="panel"><h2>Restore</h2><p class="soft">What the backup does not name stays as it is; the same backup again changes nothing. Files of more than ${Math.floor(maxFileFormBytes / 1024 / 1024)} MB are sent with <code>curl --data-binary @backup.ndjson -H "Content-Type: application/x-ndjson" -H "Authorization: Bearer …"</code> to <code>/admin/api/import</code>.</p>${uploadForm(formToken, 'backup', 'Backup file', 'Restore', html` accept=".ndjson,.jsonl,application/x-ndjson" required`)}</section></div>`;
}

function uploadForm(formToken: string, kind: Upload, label: string, button: string, extra: Markup): Markup {
  return html`<form method="post" action="/admin/transfer/${kind}" enctype="multipart/form-data">${tokenField(formToken)}<p><label>${label}<input type="file" name="file"${extra}></label></p><p><button>${button}</button></p></form>`;
}

function renderReport(kind: Upload, answer: ApiAnswer): Markup {
  if (!answer.ok) return renderProblem(answer.problem);
  switch (kind) {
    case 'opml': {
      const { added, updated, unchanged, rejected } = answer.json as (typeof opmlOutcome)['_zod']['output'];
      const words = `${count(added, 'source')} added, ${group(updated)} brought up to date, ${group(unchanged)} unchanged.`;
      return report(
        'The list is imported',
        words,
        rejected.map(({ line, reason }) => [`line ${line}`, reason]),
        'outline',
      );
    }
    case 'articles': {
      const { recorded, unchanged, rejected } = answer.json as (typeof articlesOutcome)['_zod']['output'];
      const words = `${count(recorded, 'article')} recorded, ${group(unchanged)} unchanged.`;
      return report(
        'The articles are read',
        words,
        rejected.map(({ file, line, reason }) => [`${file}:${line}`, reason]),
        'file',
      );
    }
    case 'backup': {
      const { restored, unchanged, rejected, complete } = answer.json as (typeof importOutcome)['_zod']['output'];
      const whole = complete ? '' : ' The file ends early: it is not a whole backup. What it has was restored.';
      const words = `${count(restored, 'record')} restored, ${group(unchanged)} there already.${whole}`;
      return report(
        'The backup is restored',
        words,
        rejected.map(({ line, reason }) => [`line ${line}`, reason]),
        'record',
      );
    }
  }
}

function report(title: string, words: string, rejected: readonly (readonly [string, string])[], noun: string): Markup {
  const rest = rejected.length - maxShown;
  return html`<section class="panel ${rejected.length === 0 ? 'good' : ''}" role="status"><h2>${title}</h2><p>${words}</p>${
    rejected.length > 0 &&
    html`<p><strong>${count(rejected.length, noun)} could not be used:</strong></p><ul>${rejected.slice(0, maxShown).map(([place, reason]) => html`<li><bdi>${place}</bdi>: <bdi>${reason}</bdi></li>`)}${rest > 0 && html`<li>and ${group(rest)} more</li>`}</ul>`
  }</section>`;
}
