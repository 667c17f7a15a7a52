/**
 * Handles the form for a source's privacy and request headers.
 */
import type { SourceId } from '../../../domain/source.ts';
import { type DeskVisit, goTo } from '../frame/desk-visit.ts';
import { openSource } from './source-actions.tsx';
import { sourcePath } from './source-row.tsx';

/** Saves the form. Secret fields are never shown, so empty ones stay as they are. */
export async function changeAccess(visit: DeskVisit): Promise<Response> {
  const { form, name, ports } = visit;
  const held = (await ports.archive.source(name as SourceId))?.source.request;
  const text = (field: string): string => form?.text(field) ?? '';
  const json = {
    private: form?.isOn('private') ?? false,
    secret: form?.isOn('secret') ?? false,
    deduplicate: form?.isOn('deduplicate') ?? false,
    userAgent: text('userAgent') === '' ? null : text('userAgent'),
    ...readLogin(text('user'), text('password'), held?.basicAuth?.user),
    ...readHeaders(text('headers'), form?.isOn('forgetHeaders') ?? false),
  };
  const answer = await visit.api('PATCH', `/admin/api/sources/${encodeURIComponent(name)}`, { json });
  return answer.ok ? goTo(sourcePath(name), 'saved') : openSource(visit, answer.problem);
}

function readLogin(user: string, password: string, heldUser: string | undefined): object {
  if (user === '') return { basicAuth: null };
  return password === '' && user === heldUser ? {} : { basicAuth: { user, password } };
}

/** A line without a colon goes to the API unchanged, which refuses it. */
function readHeaders(text: string, isForgotten: boolean): object {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0) return isForgotten ? { headers: {} } : {};
  const fields = lines.map((line) => {
    const at = line.indexOf(':');
    return at === -1 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  });
  return { headers: Object.fromEntries(fields) };
}
