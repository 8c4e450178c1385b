import { PAGE_LOCALES } from '@app/credentials';
import { fill } from './words';
import { WORDS } from './words/index';

type Leaf = [path: string, text: string];

const leaves = (value: object, path = ''): Leaf[] =>
  Object.entries(value).flatMap(([name, member]: [string, string | object]) =>
    typeof member === 'string' ? [[path + name, member] as Leaf] : leaves(member, `${path}${name}.`),
  );
const namesIn = (text: string): string[] => [...text.matchAll(/\{\w*\}?/g)].map(([name]) => name).sort();

const ENGLISH = new Map(leaves(WORDS.en));
/** What is rightly the same word in another language. */
const SHARED: Record<string, readonly string[]> = { fr: ['total'], es: ['total'], pt: ['total'] };

describe.each(PAGE_LOCALES)('the words in %s', (locale) => {
  const words = leaves(WORDS[locale]);

  it('are complete, and fill in the same names everywhere', () => {
    expect(words.map(([path, text]) => [path, namesIn(text)])).toEqual(
      [...ENGLISH].map(([path, text]) => [path, namesIn(text)]),
    );
  });

  it('are in that language', () => {
    const same = words.filter(([path, text]) => locale !== 'en' && text === ENGLISH.get(path)).map(([path]) => path);

    expect(same).toEqual(SHARED[locale] ?? []);
  });

  it('are set as printers do', () => {
    const plain = words.filter(([, text]) => /['"]|\.\.\.|\s\s|^\s|\s$/.test(text));

    expect(plain).toEqual([]);
  });
});

describe('the French words', () => {
  it('keep high punctuation on the line', () => {
    expect(leaves(WORDS.fr).filter(([, text]) => /(?<![\u00a0\u202f])[?!:;»]|«(?![\u00a0\u202f])/.test(text))).toEqual(
      [],
    );
  });
});

describe('the Arabic words', () => {
  it('are in Arabic script, but for names', () => {
    expect(leaves(WORDS.ar).filter(([, text]) => /[a-z]/i.test(text.replaceAll(/\{\w+\}/g, '')))).toEqual([]);
  });
});

describe('names in sentences', () => {
  it('stand on their own', () => {
    expect(fill('Back to {shop}, {shop}', { shop: 'Robin & Söhne' })).toBe(
      'Back to \u2068Robin & Söhne\u2069, \u2068Robin & Söhne\u2069',
    );
  });

  it('are taken as they are', () => {
    expect(fill('{shop}', { shop: '{digits} $& $1', digits: '1' })).toBe('\u2068{digits} $& $1\u2069');
  });

  it('stay where nothing fills them', () => {
    expect(fill('{shop} {constructor}', {})).toBe('{shop} {constructor}');
  });
});
