/**
 * Shows the fields of the search form, each with its label, its hint and its problem.
 */
import { type Markup, nothing } from '../../../page/markup.ts';
import { fieldLabels } from './search-fields.ts';

/** The problem of a parameter, in words. */
export type FieldProblems = ReadonlyMap<string, string>;

/** A choice of a list. */
export interface Option {
  readonly value: string;
  readonly label: string;
}

/** The problem of a field, in the words of its label. */
export function Problem({ name, problems }: { readonly name: string; readonly problems: FieldProblems }): Markup {
  const problem = problems.get(name);
  if (problem === undefined) return nothing;
  return (
    <span class="wrong" id={`${name}-problem`}>
      {problem}
    </span>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label?: string | undefined;
  readonly value: string;
  readonly hint: string;
  readonly type?: 'text' | 'date';
  /** The list of suggestions, by its id. */
  readonly list?: string;
  readonly problems: FieldProblems;
}

/** The three fields of tags are one parameter; its problem is shown at the first. */
export function Field({
  name,
  label = fieldLabels[name],
  value,
  hint,
  type = 'text',
  list,
  problems,
}: FieldProps): Markup {
  const told = name === 'all' ? 'tag' : name;
  return (
    <div>
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type={type}
        value={value}
        dir={type === 'text' ? 'auto' : undefined}
        aria-describedby={problems.has(told) ? `${name}-hint ${told}-problem` : `${name}-hint`}
        aria-invalid={problems.has(told) ? 'true' : undefined}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        list={list}
      />
      <Problem name={told} problems={problems} />
      <span class="hint" id={`${name}-hint`}>
        {hint}
      </span>
    </div>
  );
}

interface SelectProps {
  readonly name: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly problems: FieldProblems;
}

/** A value that is not offered is added: the form must not change what it was given. */
export function Select({ name, value, options, problems }: SelectProps): Markup {
  const offered = options.some((option) => option.value === value) ? options : [...options, { value, label: value }];
  return (
    <div>
      <label for={name}>{fieldLabels[name]}</label>
      <select
        id={name}
        name={name}
        aria-describedby={problems.has(name) ? `${name}-problem` : undefined}
        aria-invalid={problems.has(name) ? 'true' : undefined}
      >
        {offered.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
      <Problem name={name} problems={problems} />
    </div>
  );
}
