/**
 * Takes uploads at the desk: each file goes to its call of the admin API, and the page reports the outcome.
 */
import type { ApiAnswer, ApiBody } from '../frame/api-call.ts';
import { toDeskProblem } from '../frame/desk-problem-page.tsx';
import type { DeskVisit } from '../frame/desk-visit.ts';
import { TransferPage } from './transfer-page.tsx';
import type { Upload } from './upload-report.tsx';

const calls: Readonly<Record<Upload, string>> = {
  opml: '/admin/api/opml',
  articles: '/admin/api/entries',
  backup: '/admin/api/import',
};

const noFile: ApiAnswer = {
  ok: false,
  problem: { status: 400, title: 'No file came', detail: 'Choose a file first.', problems: [], tried: [] },
};

/** The page with its forms. */
export async function showTransfer({ ports, formToken, page }: DeskVisit): Promise<Response> {
  const health = await ports.archive.health();
  return page('Import and backup', '/admin/transfer', <TransferPage health={health} formToken={formToken} />);
}

/** Takes an upload. */
export async function upload(visit: DeskVisit): Promise<Response> {
  const { name, form, api, ports, formToken } = visit;
  if (!Object.hasOwn(calls, name)) return toDeskProblem(visit, undefined);
  const kind = name as Upload;
  const files = form?.files('file') ?? [];
  const answer = files.length === 0 ? noFile : await api('POST', calls[kind], toBody(kind, files));
  const health = await ports.archive.health();
  const main = <TransferPage health={health} formToken={formToken} upload={{ kind, answer }} />;
  return visit.page('Import and backup', '/admin/transfer', main, answer.ok ? 200 : answer.problem.status);
}

function toBody(kind: Upload, files: readonly File[]): ApiBody {
  const [first] = files;
  if (kind === 'backup' && first !== undefined) return { file: first, type: 'application/x-ndjson' };
  const form = new FormData();
  for (const file of files) form.append('file', file, file.name);
  return { form };
}
