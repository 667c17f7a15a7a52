/**
 * The rules of the house as functions over file texts, so that the floors test can also break them on purpose.
 */

/** A source file; `path` is relative to src with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Folders from the ground up; a file imports from its own folder or from a lower line. */
const floors: readonly (readonly string[])[] = [
  ['domain'],
  ['feed', 'query'],
  ['window', 'page', 'rules'],
  ['pipeline'],
  ['platform', 'http', 'admin'],
  ['worker.ts'],
];

/** Folders that know neither clock nor chance nor world. */
const pureFloors = 4;

/** Where each npm package comes in, and only there. */
const doors: Readonly<Record<string, readonly string[]>> = {
  hono: [
    'http/app.ts',
    'http/documents/documents.ts',
    'http/misconfigured.ts',
    'http/pages/page-routes.ts',
    'admin/admin-app.ts',
    'admin/desk/desk-routes.ts',
    'worker.ts',
  ],
  feed: ['feed/render/xml-frame-template.ts'],
  linkedom: ['feed/read/page/dom.ts'],
  'js-yaml': ['feed/read/archived-article/front-matter.ts'],
  htmlparser2: ['feed/read/xml/tokenizer.ts'],
  'sanitize-html': ['feed/sanitize/sanitize-html.ts'],
  '@mozilla/readability': ['feed/read/page/web-page.ts'],
  uqr: ['page/qr-code.tsx'],
  fflate: ['platform/retrieve/unpack.ts'],
  'postal-mime': ['feed/read/mail/parse-mail.ts'],
  zod: ['admin/api/contract/zod.ts'],
  '@noble/hashes': ['domain/digest.ts'],
  'node:zlib': ['window/compress.ts'],
};

/** Who may say that text is safe HTML: the sanitizer, the list of a digest, which escapes every text, and where storage and build give back what it wrote. */
const safeHtmlMakers = [
  'domain/html.ts',
  'feed/sanitize/',
  'feed/render/digest-html.ts',
  'platform/archive/entries/entry-body.ts',
  'platform/seed-pack.ts',
  'http/pages/entry/entry-facts.ts',
];

/** Files outside src that are data of the program. */
const outsideSrc = ['../package.json', '../seeds/sites.json'];

const maxLines = 250;
const worldly = /\b(?:Date\.now\(|new Date\(\)|Math\.random\(|crypto\.|fetch\(|console\.|setTimeout\(|performance\.)/;
const emptyName = /(?:^|[/-])(?:utils?|helpers?|common|misc|manager|service|index)(?:\.|-|\/)/;

/** Every broken rule, as `path: what`. */
export function floorProblems(files: readonly SourceFile[]): readonly string[] {
  const broken = files.flatMap((file) => problemsOf(file).map((problem) => `${file.path}: ${problem}`));
  return [...broken, ...circlesOf(files).map((circle) => `${circle.join(' -> ')}: imports itself`)];
}

/** Circles of imports: static, dynamic and of types alike. Each is named once, from its first file in the alphabet. */
export function circlesOf(files: readonly SourceFile[]): readonly (readonly string[])[] {
  const imports = new Map(
    files.map((file) => [file.path, targetsOf(file).map((target) => resolvePath(file.path, target))] as const),
  );
  const circles: string[][] = [];
  const finished = new Set<string>();
  for (const start of [...imports.keys()].toSorted()) {
    // Breadth first: the shortest way back to the start.
    const cameFrom = new Map<string, string>();
    const queue = [start];
    for (const path of queue) {
      for (const target of imports.get(path) ?? []) {
        if (finished.has(target) || cameFrom.has(target)) continue;
        cameFrom.set(target, path);
        queue.push(target);
      }
    }
    if (cameFrom.has(start)) circles.push(walkBack(start, cameFrom));
    finished.add(start);
  }
  return circles;
}

function walkBack(start: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const circle = [start];
  let path = cameFrom.get(start) ?? start;
  while (path !== start) {
    circle.unshift(path);
    path = cameFrom.get(path) ?? start;
  }
  return [start, ...circle];
}

function targetsOf({ text }: SourceFile): readonly string[] {
  return [...withoutComments(text).matchAll(/(?<![\w/])(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    ([, target]) => target ?? '',
  );
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*/g, '');
}

function problemsOf(file: SourceFile): readonly string[] {
  const problems: string[] = [];
  const code = withoutComments(file.text);
  for (const target of targetsOf(file)) {
    const problem = importProblem(file.path, target);
    if (problem !== undefined) problems.push(problem);
  }
  if (floorOf(file.path) < pureFloors && worldly.test(code))
    problems.push('knows the world (clock, chance, network, console)');
  if (/^\s*(?:export\s+)?(?:default\s+)?(?:abstract\s+)?class\s/m.test(code) && file.path !== 'platform/archive.ts') {
    problems.push('has a class; only the Archive is one');
  }
  if (emptyName.test(file.path)) problems.push('has a name that says nothing');
  if (code.includes('restoreSafeHtml(') && !safeHtmlMakers.some((maker) => file.path.startsWith(maker))) {
    problems.push('makes safe HTML');
  }
  const lines = file.text.split('\n').length - 1;
  if (lines > maxLines) problems.push(`has ${lines} lines, more than ${maxLines}`);
  return problems;
}

function importProblem(path: string, target: string): string | undefined {
  if (target.startsWith('.')) return pathProblem(path, resolvePath(path, target));
  if (target.startsWith('cloudflare:')) return floorOf(path) < pureFloors ? `imports ${target}` : undefined;
  if (target.startsWith('virtual:')) return path === 'platform/seeds.ts' ? undefined : `imports ${target}`;
  const name = Object.keys(doors).find((door) => target === door || target.startsWith(`${door}/`));
  if (name === undefined) return `imports ${target}, which has no door`;
  return doors[name]?.includes(path) ? undefined : `imports ${name}; its door is ${doors[name]?.join(', ')}`;
}

function pathProblem(path: string, target: string): string | undefined {
  const [folder, part] = path.split('/');
  const [targetFolder, targetPart] = target.split('/');
  if (target.startsWith('..')) return outsideSrc.includes(target) ? undefined : `imports ${target}, outside src`;
  if (folder === 'feed' && targetFolder === 'feed') {
    return part === targetPart ? undefined : `${part} imports ${targetPart}; they meet in the domain`;
  }
  if (folder === targetFolder) return undefined;
  return floorOf(target) < floorOf(path) ? undefined : `imports ${target}, which is not below it`;
}

function floorOf(path: string): number {
  const [first] = path.split('/');
  return floors.findIndex((floor) => floor.includes(first ?? ''));
}

function resolvePath(from: string, target: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
