/**
 * Small components that many pages of the desk use: forms, buttons, notes and lists of tags.
 */
import type { Child, Markup } from '../../../page/markup.ts';
import type { ApiProblem } from './api-call.ts';

/** A form that changes something. Its hidden token proves that a page of this session sent it. */
export function PostForm({
  action,
  formToken,
  fields = {},
  hasFiles = false,
  id,
  children,
}: {
  readonly action: string;
  readonly formToken: string;
  /** Fields with fixed values. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly hasFiles?: boolean;
  readonly id?: string | undefined;
  readonly children?: Child;
}): Markup {
  return (
    <form method="post" action={action} enctype={hasFiles && 'multipart/form-data'} id={id}>
      <input type="hidden" name="token" value={formToken} />
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}

/** One button that posts to `action`. `about` names its object, for people who do not see its row. */
export function PostButton({
  action,
  formToken,
  label,
  look = 'quiet',
  fields = {},
  about = '',
}: {
  readonly action: string;
  readonly formToken: string;
  readonly label: string;
  readonly look?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly about?: string;
}): Markup {
  return (
    <PostForm action={action} formToken={formToken} fields={fields}>
      <button class={look} aria-label={about !== '' && `${label} ${about}`}>
        {label}
      </button>
    </PostForm>
  );
}

/** A field with its label, and a hint below it. */
export function Field({
  label,
  hint,
  isWide = false,
  children,
}: {
  readonly label: string;
  readonly hint?: Child;
  readonly isWide?: boolean;
  readonly children: Child;
}): Markup {
  return (
    <label class={isWide && 'wide'}>
      {label}
      {children}
      {hint !== undefined && <span class="hint">{hint}</span>}
    </label>
  );
}

/** A tick box with its label and hint. */
export function CheckBox({
  name,
  label,
  hint,
  isChecked = false,
}: {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly isChecked?: boolean;
}): Markup {
  return (
    <label class="check">
      <input type="checkbox" name={name} checked={isChecked} />
      <span>
        {label}
        {hint !== undefined && <span class="hint">{hint}</span>}
      </span>
    </label>
  );
}

/** The choices of a `select`; `chosen` is selected. */
export function Options({
  choices,
  chosen,
}: {
  readonly choices: readonly (readonly [value: string, label: string])[];
  readonly chosen: string | undefined;
}): Markup {
  return (
    <>
      {choices.map(([value, label]) => (
        <option value={value} selected={value === chosen}>
          {label}
        </option>
      ))}
    </>
  );
}

/** Says why an action was not done. */
export function ProblemPanel({ problem }: { readonly problem: ApiProblem | undefined }): Markup {
  if (problem === undefined) return <></>;
  const { title, detail, tried, problems } = problem;
  return (
    <div class="panel bad" role="alert">
      <h2>{title}</h2>
      {tried.length > 0 ? (
        <ul>
          {tried.map(({ url, reason }) => (
            <li>
              <bdi>{url}</bdi>: {reason}
            </li>
          ))}
        </ul>
      ) : problems.length > 0 ? (
        <ul>
          {problems.map((one) => (
            <li>
              <strong>{one.field}</strong> {one.detail}
            </li>
          ))}
        </ul>
      ) : (
        <p>{detail}</p>
      )}
    </div>
  );
}

/** Says that an action was done. */
export function Note({ children }: { readonly children: Child }): Markup {
  return (
    <p class="panel good" role="status">
      {children}
    </p>
  );
}

/** The condition of something, in a word. */
export function Badge({ tone, children }: { readonly tone: string; readonly children: Child }): Markup {
  return <span class={`badge ${tone}`}>{children}</span>;
}

/** Names and values; facts without a value are left out. */
export function FactList({ facts }: { readonly facts: readonly (readonly [string, Child])[] }): Markup {
  return (
    <dl class="facts-list">
      {facts.map(
        ([name, value]) =>
          value !== undefined &&
          value !== false && (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          ),
      )}
    </dl>
  );
}

/** Tags by their labels. */
export function TagList({ labels }: { readonly labels: readonly string[] }): Markup {
  if (labels.length === 0) return <></>;
  return (
    <ul class="tags" aria-label="Tags">
      {labels.map((label) => (
        <li>
          <bdi>{label}</bdi>
        </li>
      ))}
    </ul>
  );
}

/** The tags of a text field. */
export function splitTags(text: string): readonly string[] {
  return text
    .split(/[,，、\n]/)
    .map((label) => label.trim())
    .filter((label) => label !== '');
}
