import { MESSAGE_TYPES } from '../messages/common';
import { SUPPORTED_VERSIONS } from '../versions';
import { CONDITIONS, NOTES } from './conditions';
import document from './emv-3ds-messages.json';
import { FORMATS } from './formats';
import { allFieldNames, fieldsOf, objectFieldsOf } from './table';
import { allowedValues } from './values';

interface Row {
  name: string;
  format: string;
  versions: string[];
  inclusion: Record<string, string>;
  condition: string;
  byVersion?: Record<string, Partial<Row> & { inclusionAll?: string }>;
}

const tables = document as unknown as Record<'messages' | 'objects', Record<string, { fields: Row[] } | undefined>>;

/** Walks the table for itself: each row of the messages and of the objects that their formats name, as 2.2.0 has it. */
function rows(): Row[] {
  const objects = Object.values(FORMATS).flatMap((format) => ('object' in format ? [format.object] : []));
  return [
    ...MESSAGE_TYPES.flatMap((type) => tables.messages[type]?.fields ?? []),
    ...[...new Set([...objects, 'ThreeDSMethodData'])].flatMap((name) => tables.objects[name]?.fields ?? []),
  ]
    .filter((row) => SUPPORTED_VERSIONS.some((version) => row.versions.includes(version)))
    .map((row) => ({ ...row, ...row.byVersion?.['2.2.0'], byVersion: row.byVersion ?? {} }));
}
const isConditional = (row: Row): boolean =>
  row.byVersion?.['2.2.0']?.inclusionAll === undefined && Object.values(row.inclusion).includes('C');

describe('the field table', () => {
  it('has rows to walk', () => {
    expect(rows().length).toBeGreaterThan(250);
  });

  it('has code for every format text, and no code without a text', () => {
    expect(new Set(Object.keys(FORMATS))).toEqual(new Set(rows().map((row) => row.format)));
  });

  it('has code for every condition text, and no code without a text', () => {
    const texts = rows()
      .filter(isConditional)
      .map((row) => row.condition);

    expect(new Set(Object.keys(CONDITIONS))).toEqual(new Set(texts));
  });

  it('has a place for every other text, and no place without a text', () => {
    const texts = rows().flatMap((row) => (isConditional(row) || row.condition === '' ? [] : [row.condition]));

    expect(new Set(Object.keys(NOTES))).toEqual(new Set(texts));
  });

  it('has no inclusion code but the four', () => {
    expect(new Set(rows().flatMap((row) => Object.values(row.inclusion)))).toEqual(new Set(['R', 'C', 'O', 'N']));
  });

  it('takes the version’s own word over the newest', () => {
    const field = (name: string) => fieldsOf('AReq', '2.2.0').find((candidate) => candidate.name === name);

    expect(field('browserLanguage')?.inclusion('02', '01')).toBe('R');
    expect(field('threeDSRequestorChallengeInd')?.inclusion('03', '01')).toBe('N');
    expect(field('acceptLanguage')).toBeUndefined();
    expect(field('whiteListStatus')?.values).toEqual(new Set(['Y', 'N']));
  });

  it('compiles nested objects and refuses versions and objects that it does not have', () => {
    expect(objectFieldsOf('Phone', '2.2.0').map((field) => field.name)).toEqual(['cc', 'subscriber']);
    expect(() => fieldsOf('AReq', '2.3.1')).toThrow(RangeError);
    expect(() => objectFieldsOf('Nothing', '2.2.0')).toThrow('no Nothing');
  });

  it('knows names of every version', () => {
    expect(allFieldNames().has('threeDSRequestorSpcSupport')).toBe(true);
    expect(allFieldNames().has('surprise')).toBe(false);
  });
});

describe('allowedValues', () => {
  const codes = (...entries: string[]): string[] => [...allowedValues(entries, '2.2.0')];

  it.each<[string, string[]]>([
    ['01 payment', ['01']],
    ['05 (2.2.0+)', ['05']],
    ['10 (2.3.1)', []],
    ['D (2.3.1, decReqInd F or B)', []],
    ['04 decoupled (2.2.0)', ['04']],
    ['N (2.1.0/2.2.0)', ['N']],
    ['06 split shipment (2.2.0: split/delayed) (2.2.0+)', ['06']],
    ['01-03', ['01', '02', '03']],
    ['Y', ['Y']],
    ['04 30-60d', ['04']],
    ['308-310', ['308', '309', '310']],
  ])('reads %s', (entry, expected) => {
    expect(codes(entry)).toEqual(expected);
  });

  it('reads a span per version', () => {
    const allowed = codes('01-21 in 2.1.0, 01-26 in 2.2.0, 01-30 in 2.3.1, 80-99 DS use');

    expect(allowed).toHaveLength(26 + 20);
    expect(allowed).toEqual(expect.arrayContaining(['01', '26', '80', '99']));
    expect(allowed).not.toContain('27');
  });
});
