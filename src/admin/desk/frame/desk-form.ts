/**
 * Reads forms of the desk up to a limit: the fields and files that a browser posted.
 */
import { ok, type Result } from '../../../domain/result.ts';
import { mediaTypeOf, readBytes, readForm } from '../../api/request-body.ts';

/** Fields of a form without files are short. Bytes. */
const maxFieldBytes = 256 * 1024;

/** Most bytes of a form with files: it is in memory three times while it is read, and an isolate has 128 MB. */
export const maxFileFormBytes = 24 * 1024 * 1024;

/** A posted form. */
export interface DeskForm {
  /** The first value of a field, trimmed; empty when there is none. */
  readonly text: (name: string) => string;
  /** All values of a field. */
  readonly texts: (name: string) => readonly string[];
  /** Whether a box was ticked. */
  readonly isOn: (name: string) => boolean;
  /** The files of a field; empty when no file was chosen. */
  readonly files: (name: string) => readonly File[];
}

/** Reads the form; fails with the problem response when it is too large or no form. */
export async function readDeskForm(request: Request): Promise<Result<DeskForm, Response>> {
  if (mediaTypeOf(request) === 'multipart/form-data') {
    const form = await readForm(request, maxFileFormBytes);
    return form.ok ? ok(toDeskForm(form.value)) : form;
  }
  const bytes = await readBytes(request, maxFieldBytes);
  if (!bytes.ok) return bytes;
  return ok(toDeskForm([...new URLSearchParams(new TextDecoder().decode(bytes.value)).entries()]));
}

function toDeskForm(pairs: readonly (readonly [string, string | File])[]): DeskForm {
  const valuesOf = (name: string): readonly (string | File)[] =>
    pairs.filter(([key]) => key === name).map(([, value]) => value);
  const texts = (name: string): readonly string[] => valuesOf(name).filter((value) => typeof value === 'string');
  return {
    text: (name) => texts(name)[0]?.trim() ?? '',
    texts,
    isOn: (name) => valuesOf(name).includes('on'),
    files: (name) =>
      valuesOf(name).filter((value) => typeof value !== 'string' && (value.name !== '' || value.size > 0)) as File[],
  };
}
