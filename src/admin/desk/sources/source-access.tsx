/**
 * Shows the form for a source's privacy and request headers. Passwords and header fields are never shown again.
 */
import type { Source } from '../../../domain/source.ts';
import type { Markup } from '../../../page/markup.ts';
import { CheckBox, Field, PostForm } from '../frame/desk-parts.tsx';
import { sourcePath } from './source-row.tsx';

/** The form. */
export function SourceAccess({ source, formToken }: { readonly source: Source; readonly formToken: string }): Markup {
  const { request } = source;
  const names = Object.keys(request?.headers ?? {});
  return (
    <details class="fold" open={source.isPrivate === true || source.isSecret === true || request !== undefined}>
      <summary>Privacy, shared articles, login and requests of its own</summary>
      <PostForm action={`${sourcePath(source.id)}/access`} formToken={formToken}>
        <div class="fields">
          <CheckBox
            name="private"
            label="Private"
            hint="Its entries are in no public view, page or count; you find them in views with a key."
            isChecked={source.isPrivate === true}
          />
          <CheckBox
            name="secret"
            label="Secret address"
            hint="Its address is shown to you only; in public the address of its site stands in its place."
            isChecked={source.isSecret === true}
          />
          <CheckBox
            name="deduplicate"
            label="Show shared articles once"
            hint="An article that other sources bring, too, is one entry in all views. The feed of this source has its own."
            isChecked={source.keepsDuplicates !== true}
          />
          <Field label="User agent" hint="Empty: the one of this installation.">
            <input name="userAgent" maxlength="300" value={request?.userAgent ?? ''} autocomplete="off" />
          </Field>
          <Field label="Login name" hint="Empty: no login.">
            <input name="user" maxlength="500" value={request?.basicAuth?.user ?? ''} autocomplete="off" />
          </Field>
          <Field
            label="Login password"
            hint={request?.basicAuth === undefined ? 'Sent to this host only.' : 'It is set. Empty: it stays.'}
          >
            <input type="password" name="password" maxlength="500" value="" autocomplete="new-password" />
          </Field>
          <Field
            label="Header fields"
            hint={
              names.length === 0
                ? 'One a line, such as X-Token: abc. Sent to this host only.'
                : `Set: ${names.join(', ')}. What you write replaces them.`
            }
          >
            <textarea name="headers" rows="2" autocomplete="off" spellcheck="false">
              {''}
            </textarea>
          </Field>
          {names.length > 0 && <CheckBox name="forgetHeaders" label="Forget the header fields" />}
          <div class="wide">
            <button>Save</button>
          </div>
        </div>
      </PostForm>
    </details>
  );
}
