/**
 * `npm run sbom`: lists what ships as CycloneDX in dist/sbom.json, and checks licences, install scripts and known weaknesses.
 *
 * The exit code is 1 when a package that ships has a licence we do not know, when a package may run a script on install that
 * `allowScripts` of package.json does not name, or when the registry knows a weakness. A registry without audit is said, and
 * is no failure.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** Licences that let us ship a package as part of an MIT product. */
const allowedLicences: ReadonlySet<string> = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'PSF-2.0',
]);

/** The part of a CycloneDX document that is checked. */
export interface Bom {
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly licenses?: readonly { readonly license?: { readonly id?: string; readonly name?: string } }[];
  }[];
}

/** Packages that ship with a licence we do not know, as sentences. */
export function licenceProblems(bom: Bom): readonly string[] {
  return bom.components.flatMap(({ name, version, licenses = [] }) => {
    const ids = licenses.map(({ license }) => license?.id ?? license?.name ?? '');
    const isAllowed = ids.length > 0 && ids.every((id) => allowedLicences.has(id));
    return isAllowed ? [] : [`${name} ${version} has the licence ${ids.join(', ') || 'nobody names'}`];
  });
}

/** Packages of a lock file that run a script on install and are not named, as sentences. */
export function scriptProblems(
  lock: {
    readonly packages: Readonly<Record<string, { readonly hasInstallScript?: boolean; readonly optional?: boolean }>>;
  },
  allowed: Readonly<Record<string, boolean>>,
): readonly string[] {
  return Object.entries(lock.packages).flatMap(([path, { hasInstallScript }]) => {
    const name = path.split('node_modules/').at(-1) ?? '';
    return hasInstallScript === true && allowed[name] !== true ? [`${name} runs a script on install`] : [];
  });
}

function npm(...args: readonly string[]): string {
  return spawnSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 }).stdout;
}

/** Known weaknesses, as a sentence; `undefined` when there is none. */
function auditProblem(): string | undefined {
  const answer = JSON.parse(npm('audit', '--json', '--package-lock-only') || '{}');
  if (answer.metadata === undefined) {
    console.log(`The registry does not answer audits: ${answer.error?.summary || answer.message || 'no reason given'}`);
    return undefined;
  }
  const names = Object.keys(answer.vulnerabilities ?? {});
  return names.length === 0 ? undefined : `known weaknesses in ${names.join(', ')}; npm audit tells more`;
}

function run(): void {
  const text = npm('sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only');
  const bom: Bom = JSON.parse(text);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'dist/sbom.json'), text);
  const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'));
  const audited = auditProblem();
  const problems = [
    ...licenceProblems(bom),
    ...scriptProblems(read('package-lock.json'), read('package.json').allowScripts),
    ...(audited === undefined ? [] : [audited]),
  ];
  console.log(`${bom.components.length} packages ship; they are listed in dist/sbom.json`);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) run();
