/**
 * Shows the owner's rules: to write with a preview, to edit in place, and the entries that they hide.
 */
import type { Markup } from '../../../page/markup.ts';
import { count } from '../../../page/plural.ts';
import type { HiddenEntries, RuleBook, RulesPreview } from '../../../pipeline/rule-book.ts';
import type { Rule } from '../../../rules/rule.ts';
import type { ApiProblem } from '../frame/api-call.ts';
import { Field, PostButton, PostForm, ProblemPanel } from '../frame/desk-parts.tsx';
import { DoneNote } from '../frame/notes.tsx';
import { type RuleDraft, toDraft } from './rule-draft.ts';
import { type NamedSource, PreviewLists, RuleFields } from './rule-form.tsx';
import { RuleWords, ruleName } from './rule-words.tsx';

/** A rule that is being written: a replacement of `former`, or a new one. */
export interface WrittenRule {
  readonly draft: RuleDraft;
  /** JSON of the rule to replace. */
  readonly former?: string | undefined;
  readonly preview?: RulesPreview | undefined;
  readonly problem?: ApiProblem | undefined;
}

/** What the page shows. */
export interface RulesView {
  readonly url: URL;
  readonly book: RuleBook;
  readonly sources: readonly NamedSource[];
  readonly hidden: HiddenEntries;
  readonly formToken: string;
  readonly written?: WrittenRule | undefined;
  readonly problem?: ApiProblem | undefined;
}

/** The page's content. */
export function RulesPage(view: RulesView): Markup {
  const { url, book, written, problem } = view;
  return (
    <>
      <h1>Rules</h1>
      <p class="lede">A rule gives entries a tag, hides them, or shows only them. What is hidden is kept.</p>
      <DoneNote url={url} />
      <ProblemPanel problem={problem} />
      {book.isRetagging && (
        <p class="panel" role="status">
          The archive is being brought in line with the rules as they are now.
        </p>
      )}
      <NewRule {...view} written={written?.former === undefined ? written : undefined} />
      <OwnRules {...view} />
      <DeclaredRules {...view} />
      <HiddenList {...view} />
    </>
  );
}

function NewRule({ sources, formToken, written }: RulesView): Markup {
  return (
    <section class="panel">
      <h2>Add a rule</h2>
      <ProblemPanel problem={written?.problem} />
      <form method="get" action="/admin/rules">
        <div class="fields">
          <RuleFields draft={written?.draft} sources={sources} />
          <div class="wide">
            <button class="quiet">See what it would change</button>
          </div>
        </div>
      </form>
      {written?.preview !== undefined && (
        <>
          <PreviewLists preview={written.preview} />
          <PostButton
            action="/admin/rules"
            formToken={formToken}
            label="Save the rule"
            look=""
            fields={{ ...written.draft }}
          />
        </>
      )}
    </section>
  );
}

function OwnRules(view: RulesView): Markup {
  const { rules } = view.book;
  return (
    <section>
      <h2>Your rules</h2>
      {rules.length === 0 && <p class="soft">There are none yet.</p>}
      <ul class="entries">
        {rules.map((rule) => (
          <li>
            <RuleWords rule={rule} titleOf={titlesOf(view.sources)} />
            <EditRule rule={rule} view={view} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A rule of the owner, which can be edited in place. */
function EditRule({ rule, view }: { readonly rule: Rule; readonly view: RulesView }): Markup {
  const { formToken, sources, written } = view;
  const fields = { rule: JSON.stringify(rule) };
  const about = ruleName(rule);
  const mine = written?.former === fields.rule ? written : undefined;
  return (
    <div class="acts">
      <details open={mine !== undefined}>
        <summary>
          Change<span class="vh"> {about}</span>
        </summary>
        <ProblemPanel problem={mine?.problem} />
        <PostForm action="/admin/rules" formToken={formToken} fields={fields}>
          <div class="fields">
            <RuleFields draft={mine?.draft ?? toDraft(rule)} sources={sources} />
            <div class="wide">
              <button>Save</button>{' '}
              <button class="quiet" name="look" value="on">
                See what it would change
              </button>
            </div>
          </div>
        </PostForm>
        {mine?.preview !== undefined && <PreviewLists preview={mine.preview} />}
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

function DeclaredRules({ book: { declared }, sources }: RulesView): Markup {
  if (declared.length === 0) return <></>;
  return (
    <section>
      <h2>In seeds/tags.json</h2>
      <p class="soft">{count(declared.length, 'rule')}, changed in the file.</p>
      <ul class="entries">
        {declared.map((rule) => (
          <li>
            <RuleWords rule={rule} titleOf={titlesOf(sources)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The newest entries that rules hide, and a search among them. */
function HiddenList({ url, hidden: { entries, total }, sources }: RulesView): Markup {
  const asked = url.searchParams.get('hidden') ?? '';
  if (total === 0 && asked === '') return <></>;
  return (
    <section id="hidden">
      <h2>Hidden by rules</h2>
      <p class="soft">
        {count(total, 'entry', 'entries')}. They come back with their ids and dates when their rule goes.
      </p>
      <form method="get" action="/admin/rules#hidden">
        <div class="fields">
          <Field label="Find among them" hint="Words as in a search.">
            <input name="hidden" type="search" dir="auto" value={asked} />
          </Field>
          <div class="wide">
            <button class="quiet">Find</button>
          </div>
        </div>
      </form>
      {entries.length === 0 && <p class="soft">None of them matches.</p>}
      <ul class="entries">
        {entries.map(({ id, title, url: address, rule }) => (
          <li>
            <p>
              {address === null ? (
                <bdi>{title || id}</bdi>
              ) : (
                <a href={address} rel="noreferrer">
                  <bdi>{title || address}</bdi>
                </a>
              )}
            </p>
            <RuleWords rule={rule} titleOf={titlesOf(sources)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function titlesOf(sources: readonly NamedSource[]): (id: string) => string | undefined {
  return (id) => sources.find((source) => source.id === id)?.title;
}
