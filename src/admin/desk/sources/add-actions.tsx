/**
 * Previews an address, and adds it as a source.
 */
import { splitTags } from '../frame/desk-parts.tsx';
import { type DeskVisit, goTo } from '../frame/desk-visit.ts';
import { AddPage } from './add-page.tsx';
import { Bookmarklet } from './bookmarklet.tsx';
import { NewsletterForm } from './newsletter-section.tsx';
import { previewPath, readSelectors } from './selector-form.tsx';
import { toNumber } from './source-actions.tsx';
import { sourcePath } from './source-row.tsx';

/** The field, and the preview of the address in it. */
export async function showAdd({ url, page, api, formToken }: DeskVisit): Promise<Response> {
  const address = readSharedAddress(url.searchParams);
  const selectors = readSelectors((name) => url.searchParams.get(name));
  const answer = address === '' ? undefined : await api('GET', previewPath(address, selectors));
  const main = (
    <>
      <AddPage address={address} selectors={selectors} answer={answer} formToken={formToken} />
      {address === '' && <NewsletterForm formToken={formToken} />}
      {address === '' && <Bookmarklet origin={url.origin} />}
    </>
  );
  const isRefused = answer?.ok === false && answer.problem.feeds === undefined;
  return page('Add a source', '/admin/add', main, isRefused ? 422 : 200);
}

/** Adds the previewed feed. */
export async function addFromForm(visit: DeskVisit): Promise<Response> {
  const { api, form, formToken } = visit;
  const url = form?.text('url') ?? '';
  const title = form?.text('title') ?? '';
  const tags = splitTags(form?.text('tags') ?? '');
  const page = readSelectors((name) => form?.text(name));
  const json = {
    url,
    ...(title === '' ? {} : { title }),
    // Without tags, the source keeps those that it had when it was removed.
    ...(tags.length === 0 ? {} : { tags }),
    ...(page === undefined ? {} : { page }),
    fullText: form?.isOn('fullText') ?? false,
    maxEntries: toNumber(form?.text('maxEntries')),
  };
  const answer = await api('POST', '/admin/api/sources', { json });
  if (answer.ok) return goTo(sourcePath((answer.json as { id: string }).id), 'added');
  if (answer.problem.id !== undefined) return goTo(sourcePath(answer.problem.id), 'known');
  const main = <AddPage address={url} selectors={page} formToken={formToken} problem={answer.problem} />;
  return visit.page('Add a source', '/admin/add', main, answer.problem.status);
}

/** The address that was typed or shared. Phones put it into `text`, among other words. */
function readSharedAddress(parameters: URLSearchParams): string {
  const url = parameters.get('url')?.trim() ?? '';
  return url === '' ? (/https?:\/\/\S+/.exec(parameters.get('text') ?? '')?.[0] ?? '') : url;
}
