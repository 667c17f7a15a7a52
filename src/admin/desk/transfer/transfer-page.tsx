/**
 * Shows the forms for files: subscription lists, archived articles, backups. Every upload gets a report.
 */
import type { Child, Markup } from '../../../page/markup.ts';
import type { ArchiveHealth } from '../../../pipeline/archive-owner.ts';
import type { ApiAnswer } from '../frame/api-call.ts';
import { maxFileFormBytes } from '../frame/desk-form.ts';
import { PostForm } from '../frame/desk-parts.tsx';
import { WorkBar } from '../frame/work-bar.tsx';
import { type Upload, UploadReport } from './upload-report.tsx';

/** The page's content. */
export function TransferPage({
  health,
  formToken,
  upload,
}: {
  readonly health: ArchiveHealth;
  readonly formToken: string;
  readonly upload?: { readonly kind: Upload; readonly answer: ApiAnswer };
}): Markup {
  return (
    <>
      <h1>Import and backup</h1>
      <p class="lede">Lists and articles can also be dropped on any page of the desk, whole folders too.</p>
      {upload !== undefined && <UploadReport kind={upload.kind} answer={upload.answer} />}
      <WorkBar health={health} path="/admin/transfer" />
      <div class="pair">
        <SubscriptionPanel formToken={formToken} />
        <ArticlePanel formToken={formToken} />
        <section class="panel">
          <h2>Backup</h2>
          <p class="soft">
            Everything there is: sources with what is known of them, entries, views, rules. One file, a line a record.
          </p>
          <p>
            <a class="button" href="/admin/api/export" download>
              Download a backup
            </a>
          </p>
        </section>
        <RestorePanel formToken={formToken} />
      </div>
    </>
  );
}

function SubscriptionPanel({ formToken }: { readonly formToken: string }): Markup {
  return (
    <section class="panel">
      <h2>Subscription list</h2>
      <p class="soft">
        The OPML file that other readers export. Its folders become tags; what you follow already keeps its tags and
        gets the new ones.
      </p>
      <UploadForm formToken={formToken} kind="opml" button="Import the list">
        <p>
          <label>
            OPML file
            <input type="file" name="file" accept=".opml,.xml,text/x-opml,text/xml,application/xml" required />
          </label>
        </p>
      </UploadForm>
      <p>
        <a href="/admin/api/opml" download>
          Download your list
        </a>
      </p>
    </section>
  );
}

function ArticlePanel({ formToken }: { readonly formToken: string }): Markup {
  return (
    <section class="panel">
      <h2>Archived articles</h2>
      <p class="soft">
        Files in the archived-article format; the folders of a whole folder become tags. At most 500 files and 16 MB at
        once. The same file again changes nothing.
      </p>
      <UploadForm formToken={formToken} kind="articles" button="Record the articles">
        <p>
          <label>
            Article files
            <input type="file" name="file" multiple />
          </label>
        </p>
        <p>
          <label>
            or a whole folder
            <input type="file" name="file" webkitdirectory multiple />
          </label>
        </p>
      </UploadForm>
    </section>
  );
}

function RestorePanel({ formToken }: { readonly formToken: string }): Markup {
  const command =
    'curl --data-binary @backup.ndjson -H "Content-Type: application/x-ndjson" -H "Authorization: Bearer …"';
  return (
    <section class="panel">
      <h2>Restore</h2>
      <p class="soft">
        What the backup does not name stays as it is; the same backup again changes nothing. Files of more than{' '}
        {Math.floor(maxFileFormBytes / 1024 / 1024)} MB are sent with <code>{command}</code> to{' '}
        <code>/admin/api/import</code>.
      </p>
      <UploadForm formToken={formToken} kind="backup" button="Restore">
        <p>
          <label>
            Backup file
            <input type="file" name="file" accept=".ndjson,.jsonl,application/x-ndjson" required />
          </label>
        </p>
      </UploadForm>
    </section>
  );
}

function UploadForm({
  formToken,
  kind,
  button,
  children,
}: {
  readonly formToken: string;
  readonly kind: Upload;
  readonly button: string;
  readonly children: Child;
}): Markup {
  return (
    <PostForm action={`/admin/transfer/${kind}`} formToken={formToken} hasFiles>
      {children}
      <p>
        <button>{button}</button>
      </p>
    </PostForm>
  );
}
