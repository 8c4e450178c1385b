/** Every `error_codes` value that the sources can answer, found in the syntax tree, so that a new one cannot hide. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(__dirname, '../..');

/** A code and where it is made. */
export interface ThrownCode {
  code: string;
  kind: string;
  at: string;
}

/** An argument that is not a literal: somebody must say by hand which codes it can be. */
export interface OpenPlace {
  /** File and text, such as `libs/x/src/y.ts: plan.code`. */
  place: string;
  kind: string;
}

/** Which argument of which error class holds the code, what it is made into, and of which kind the error is. */
const CLASSES: Record<
  string,
  {
    kind: string | null;
    codesOf: (args: readonly ts.Expression[]) => readonly ts.Expression[];
    code: (text: string) => string;
  }
> = {
  CountersignError: { kind: null, codesOf: ([, codes]) => elementsOf(codes), code: (text) => text },
  InvalidRequest: { kind: 'invalid_request', codesOf: ([codes]) => elementsOf(codes), code: (text) => text },
  NotFound: { kind: 'not_found', codesOf: ([resource]) => given(resource), code: (text) => `${text}_not_found` },
  NotAllowed: { kind: 'not_allowed', codesOf: ([code]) => given(code), code: (text) => text },
  NotImplemented: {
    kind: 'not_implemented',
    codesOf: ([feature]) => given(feature),
    code: (text) => `${text}_not_supported`,
  },
};

const given = (expression: ts.Expression | undefined): ts.Expression[] => (expression ? [expression] : []);
const elementsOf = (expression: ts.Expression | undefined): readonly ts.Expression[] =>
  expression && ts.isArrayLiteralExpression(expression) ? expression.elements : given(expression);

function* filesUnder(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !['node_modules', 'testing', 'public', 'dist'].includes(entry.name))
      yield* filesUnder(path);
    else if (/\.ts$/.test(entry.name) && !/(\.spec|\.d)\.ts$/.test(entry.name)) yield path;
  }
}

/** What the libs and the server can throw; the simulator plays other people's servers. */
export function readErrorCodes(): { thrown: ThrownCode[]; open: OpenPlace[] } {
  const thrown: ThrownCode[] = [];
  const open: OpenPlace[] = [];
  for (const folder of ['libs', 'apps/server/src']) {
    for (const path of filesUnder(join(ROOT, folder))) {
      const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
      collect(source, relative(ROOT, path), thrown, open);
    }
  }
  return { thrown, open };
}

/** What one source text can throw. */
export function readErrorCodesOf(text: string): { thrown: ThrownCode[]; open: OpenPlace[] } {
  const thrown: ThrownCode[] = [];
  const open: OpenPlace[] = [];
  collect(ts.createSourceFile('text.ts', text, ts.ScriptTarget.Latest, true), 'text.ts', thrown, open);
  return { thrown, open };
}

function collect(source: ts.SourceFile, file: string, thrown: ThrownCode[], open: OpenPlace[]): void {
  const add = (expressions: readonly ts.Expression[], kind: string, code: (text: string) => string): void => {
    for (const expression of expressions) {
      if (ts.isStringLiteralLike(expression)) thrown.push({ code: code(expression.text), kind, at: file });
      else open.push({ place: `${file}: ${expression.getText(source)}`, kind });
    }
  };
  const visit = (node: ts.Node): void => {
    const made = errorMade(node, source);
    if (made) {
      const rule = CLASSES[made.name];
      const [first] = made.args;
      const kind = rule?.kind ?? (first && ts.isStringLiteralLike(first) ? first.text : 'unknown');
      if (rule) add(rule.codesOf(made.args), kind, rule.code);
    }
    if (ts.isObjectLiteralExpression(node)) add(refusalCode(node), 'not_allowed', (text) => text);
    ts.forEachChild(node, visit);
  };
  visit(source);
}

/** `new X(...)`, or the `super(...)` of a class that extends X: its codes are fixed where it is declared. */
function errorMade(node: ts.Node, source: ts.SourceFile): { name: string; args: readonly ts.Expression[] } | null {
  if (ts.isNewExpression(node)) {
    const name = node.expression.getText(source);
    return name in CLASSES ? { name, args: [...(node.arguments ?? [])] } : null;
  }
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.SuperKeyword) return null;
  let owner: ts.Node = node;
  while (!ts.isClassLike(owner)) owner = owner.parent;
  const base = owner.heritageClauses?.flatMap((clause) => clause.types)[0]?.expression.getText(source) ?? '';
  // The classes of the table hand on what they were given; that is read where they are made.
  const own = owner.name?.text ?? '';
  return base in CLASSES && !(own in CLASSES) ? { name: base, args: [...node.arguments] } : null;
}

/** The code of a connector's refusal, `{ outcome: 'refused', code: '…' }`: it becomes the code of a NotAllowed. */
function refusalCode(node: ts.ObjectLiteralExpression): ts.Expression[] {
  const member = (name: string): ts.Expression | undefined => {
    const found = node.properties.find(
      (property) => ts.isPropertyAssignment(property) && property.name.getText() === name,
    );
    return found && ts.isPropertyAssignment(found) ? found.initializer : undefined;
  };
  const outcome = member('outcome');
  return outcome && ts.isStringLiteralLike(outcome) && outcome.text === 'refused' ? given(member('code')) : [];
}
