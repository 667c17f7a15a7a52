/**
 * Shows the files of an entry: recordings with controls and chapters, pictures, and links to whatever else there is.
 */
import { renderDuration } from '../../../feed/render/entry-kind.ts';
import { type Markup, nothing } from '../../../page/markup.ts';
import type { EntryFacts, EntryFile } from './entry-facts.ts';

interface FilesProps {
  readonly files: readonly EntryFile[];
  /** The entry's text. */
  readonly content: string;
  /** The picture that a video shows before it plays. */
  readonly poster?: string | undefined;
}

/** A list of the files that the entry's text does not show already; nothing when there are none. */
export function Files({ files, content, poster }: FilesProps): Markup {
  const missing = files.filter(({ url }) => !content.includes(url) && !content.includes(url.replaceAll('&', '&amp;')));
  if (missing.length === 0) return nothing;
  return (
    <ul class="files">
      {missing.map((file) => (
        <li>
          <Player file={file} poster={poster} />
          <FileLink file={file} />
        </li>
      ))}
    </ul>
  );
}

/** The chapters of a recording: each leads into it, and the script of the page makes the player go there. */
export function Chapters({ entry }: { readonly entry: EntryFacts }): Markup {
  const { chapters, transcripts, files } = entry;
  const recording = files.find(({ mime_type: type }) => /^(?:audio|video)\//.test(type));
  if (recording === undefined || chapters.length + transcripts.length === 0) return nothing;
  return (
    <section class="chapters" aria-label="Parts of the recording">
      {chapters.length > 0 && <h2>Chapters</h2>}
      {chapters.length > 0 && (
        <ol>
          {chapters.map(({ startSeconds, title, url }) => (
            <li>
              <a href={`${recording.url}#t=${startSeconds}`} rel="external" data-at={String(startSeconds)}>
                {renderDuration(Math.floor(startSeconds))}
              </a>
              {url === undefined ? (
                <bdi>{title}</bdi>
              ) : (
                <a href={url} rel="external">
                  <bdi>{title}</bdi>
                </a>
              )}
            </li>
          ))}
        </ol>
      )}
      {transcripts.length > 0 && (
        <p>
          {transcripts.map(({ url, language }, at) => (
            <>
              {at > 0 && ', '}
              <a href={url} rel="external">
                Transcript{language === undefined ? '' : ` (${language})`}
              </a>
            </>
          ))}
        </p>
      )}
    </section>
  );
}

interface FileProps {
  readonly file: EntryFile;
}

function Player({ file, poster }: FileProps & Pick<FilesProps, 'poster'>): Markup {
  const { url, mime_type: type, title } = file;
  const name = title ?? fileName(url);
  if (type.startsWith('audio/')) return <audio controls preload="none" src={url} aria-label={name} />;
  if (type.startsWith('video/')) return <video controls preload="none" src={url} poster={poster} aria-label={name} />;
  if (!type.startsWith('image/')) return nothing;
  return (
    <figure class="lead-image">
      <img class="boxed" src={url} alt={title ?? ''} loading="lazy" decoding="async" referrerpolicy="no-referrer" />
    </figure>
  );
}

function FileLink({ file }: FileProps): Markup {
  const { url, title, mime_type: type, size_in_bytes: bytes, duration_in_seconds: seconds } = file;
  const details = [
    ...(seconds === undefined || seconds <= 0 ? [] : [renderDuration(seconds)]),
    ...(bytes === undefined || bytes <= 0 ? [] : [renderSize(bytes)]),
    ...(type === '' || type === 'application/octet-stream' ? [] : [type]),
  ];
  return (
    <>
      <a href={url} rel="external enclosure" dir="auto">
        {title ?? fileName(url)}
      </a>
      {details.length > 0 && ` (${details.join(', ')})`}
    </>
  );
}

/** The name of a file: the last part of its path, or the host. */
function fileName(address: string): string {
  const { pathname, hostname } = new URL(address);
  const last = pathname.split('/').at(-1) ?? '';
  if (last === '') return hostname;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function renderSize(bytes: number): string {
  if (bytes >= 1_000_000) return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
  return bytes >= 1000 ? `${Math.round(bytes / 1000)} kB` : `${bytes} bytes`;
}
