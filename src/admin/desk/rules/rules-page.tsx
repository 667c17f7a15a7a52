/**
 * The owner's tag rules: those of the file as they are, the owner's own to edit in place, and what the words of a new rule
 * find before it is saved.
 */
import type { TagRule } from '../../../feed/tag/rules.ts';
import { toTag } from '../../../feed/tag/to-tag.ts';
import type { Markup } from '../../../page/markup.ts';
import { count } from '../../../page/plural.ts';
import type { RuleBook } from '../../../pipeline/archive-owner.ts';
import type { ApiProblem } from '../frame/api-call.ts';
import { Badge, Field, Options, PostButton, PostForm, ProblemPanel } from '../frame/desk-parts.tsx';
import { DoneNote } from '../frame/notes.tsx';

const places = [
  ['both', 'Title and text'],
  ['title', 'Title'],
  ['text', 'Text'],
] as const;

/** What one word of a draft finds now: titles of entries, the newest. */
export interface RuleFinding {
  readonly word: string;
  readonly titles: readonly string[];
  readonly more: boolean;
}

/** A rule that is being written. */
export interface RuleDraft {
  readonly tag: string;
  readonly words: string;
  readonly where: (typeof places)[number][0];
}

/** What the page shows. */
export interface RulesView {
  readonly url: URL;
  readonly book: RuleBook;
  readonly formToken: string;
  readonly draft?: RuleDraft | undefined;
  readonly findings: readonly RuleFinding[];
  readonly problem?: ApiProblem | undefined;
}

/** The page's content. */
export function RulesPage({ url, book, formToken, draft, findings, problem }: RulesView): Markup {
  const { declared, rules, isRetagging } = book;
  return (
    <>
      <h1>Rules</h1>
      <p class="lede">An entry that holds one of a rule’s words gets the rule’s tag.</p>
      <DoneNote url={url} />
      <ProblemPanel problem={problem} />
      {isRetagging && (
        <p class="panel" role="status">
          The archive is being tagged by the rules as they are now.
        </p>
      )}
      <NewRule draft={draft} findings={findings} formToken={formToken} />
      <section>
        <h2>Your rules</h2>
        {rules.length === 0 && <p class="soft">There are none yet.</p>}
        <ul class="entries">
          {rules.map((rule, at) => (
            <li>
              <RuleWords rule={rule} />
              <EditRule rule={rule} about={`rule ${at + 1}, ${rule.tag}`} formToken={formToken} />
            </li>
          ))}
        </ul>
      </section>
      {declared.length > 0 && (
        <section>
          <h2>In seeds/tags.json</h2>
          <p class="soft">{count(declared.length, 'rule')}, changed in the file.</p>
          <ul class="entries">
            {declared.map((rule) => (
              <li>
                <RuleWords rule={rule} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function NewRule({
  draft,
  findings,
  formToken,
}: {
  readonly draft: RuleDraft | undefined;
  readonly findings: readonly RuleFinding[];
  readonly formToken: string;
}): Markup {
  return (
    <section class="panel">
      <h2>Add a rule</h2>
      <form method="get" action="/admin/rules">
        <div class="fields">
          <RuleFields draft={draft} />
          <div class="wide">
            <button class="quiet">See what it would tag</button>
          </div>
        </div>
      </form>
      {draft !== undefined && (
        <>
          <h3>What it would tag, the newest</h3>
          {findings.map((finding) => (
            <Finding finding={finding} />
          ))}
          <PostButton
            action="/admin/rules"
            formToken={formToken}
            label="Save the rule"
            look=""
            fields={{ tag: draft.tag, words: draft.words, where: draft.where }}
          />
        </>
      )}
    </section>
  );
}

function RuleFields({ draft }: { readonly draft: RuleDraft | undefined }): Markup {
  return (
    <>
      <Field label="Tag">
        <input name="tag" required maxlength="100" dir="auto" value={draft?.tag ?? ''} />
      </Field>
      <Field label="Any of these words" hint="Words or phrases of any script; separate them with commas.">
        <input name="words" required dir="auto" value={draft?.words ?? ''} />
      </Field>
      <Field label="Looked for in">
        <select name="where">
          <Options choices={places} chosen={draft?.where} />
        </select>
      </Field>
    </>
  );
}

function Finding({ finding: { word, titles, more } }: { readonly finding: RuleFinding }): Markup {
  return (
    <>
      <p>
        <SearchLink word={word} />
        {titles.length === 0 && ': nothing now'}
      </p>
      {titles.length > 0 && (
        <ul class="plainlist">
          {titles.map((title) => (
            <li>
              <bdi>{title}</bdi>
            </li>
          ))}
          {more && <li>and more</li>}
        </ul>
      )}
    </>
  );
}

function RuleWords({ rule: { tag, any, in: where = 'both', source } }: { readonly rule: TagRule }): Markup {
  const slug = toTag(tag)?.slug;
  return (
    <>
      <h3>
        {slug === undefined ? (
          <>
            <bdi>{tag}</bdi> <Badge tone="bad">no tag</Badge>
          </>
        ) : (
          <a href={`/tags/${encodeURIComponent(slug)}`}>
            <bdi>{tag}</bdi>
          </a>
        )}
      </h3>
      <p class="soft">
        {places.find(([value]) => value === where)?.[1]}
        {source !== undefined && (
          <>
            , of the source <a href={`/admin/sources/${encodeURIComponent(source)}`}>{source}</a> alone
          </>
        )}
      </p>
      <ul class="tags" aria-label={`Words of ${tag}`}>
        {any.map((word) => (
          <li>
            <SearchLink word={word} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** A rule of the owner, to be changed where it stands. */
function EditRule({
  rule,
  about,
  formToken,
}: {
  readonly rule: TagRule;
  readonly about: string;
  readonly formToken: string;
}): Markup {
  const fields = { rule: JSON.stringify(rule) };
  return (
    <div class="acts">
      <details>
        <summary>
          Change<span class="vh"> {about}</span>
        </summary>
        <PostForm action="/admin/rules" formToken={formToken} fields={fields}>
          <div class="fields">
            <RuleFields draft={toDraft(rule)} />
            <div class="wide">
              <button>Save</button>
            </div>
          </div>
        </PostForm>
      </details>
      <PostButton
        action="/admin/rules/remove"
        formToken={formToken}
        label="Remove"
        look="quiet danger"
        fields={fields}
        about={about}
      />
    </div>
  );
}

function toDraft({ tag, any, in: where = 'both' }: TagRule): RuleDraft {
  return { tag, words: any.join(', '), where };
}

function SearchLink({ word }: { readonly word: string }): Markup {
  return (
    <a href={`/search?q=${encodeURIComponent(`"${word}"`)}`}>
      <bdi>{word}</bdi>
    </a>
  );
}
