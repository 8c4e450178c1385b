import { encodeId, InvalidRequest, newUuidV7 } from '@app/kernel';
import fc from 'fast-check';
import { encodeCursor } from './cursor';
import { parseListQuery } from './list-query';
import type { Listing } from './listing';

const LISTING = {
  filters: {
    email: { type: 'text', also: ['prefix'] },
    note: { type: 'text', maxLength: 10 },
    status: { type: 'word', words: ['active', 'disabled'], unlike: true },
    merchant_id: { type: 'id', kind: 'merchant' },
    bin: { type: 'digits', least: 6, most: 8 },
    amount: { type: 'integer' },
    created_at: { type: 'time' },
    is_late: { type: 'flag' },
  },
  sorts: { created_at: 'time', email: 'text' },
  defaultSort: '-created_at',
  members: ['email', 'status', 'created_at'],
} as const satisfies Listing;

const parse = (parameters: Record<string, unknown>) => parseListQuery(LISTING, parameters);
const filtered = (filter: unknown) => parse({ filter: JSON.stringify(filter) }).conditions;

function codesOf(parameters: Record<string, unknown>): readonly string[] {
  try {
    parse(parameters);
  } catch (error) {
    if (error instanceof InvalidRequest) return error.codes;
    throw error;
  }
  return [];
}

const MERCHANT = newUuidV7(new Date());

describe('a list query', () => {
  it('has its defaults', () => {
    expect(parse({})).toEqual({
      conditions: [],
      sort: { name: 'created_at', type: 'time', descending: true },
      limit: 25,
      after: null,
      fields: null,
    });
  });

  it('counts empty parameters as absent', () => {
    expect(parse({ filter: '', sort: '', limit: '', after: '', fields: '' })).toEqual(parse({}));
  });

  it('takes a value, a list of values, and operators', () => {
    expect(filtered({ status: 'active' })).toEqual([{ field: 'status', operator: 'eq', values: ['active'] }]);
    expect(filtered({ status: ['active', 'disabled'] })).toEqual([
      { field: 'status', operator: 'in', values: ['active', 'disabled'] },
    ]);
    expect(filtered({ amount: { gte: 1, lt: 10 }, email: { prefix: 'ada' } })).toEqual([
      { field: 'amount', operator: 'gte', values: [1] },
      { field: 'amount', operator: 'lt', values: [10] },
      { field: 'email', operator: 'prefix', values: ['ada'] },
    ]);
  });

  it('takes what a field is not, and whether it is known, where it is declared', () => {
    expect(filtered({ status: { not_in: ['active'], known: true } })).toEqual([
      { field: 'status', operator: 'not_in', values: ['active'] },
      { field: 'status', operator: 'known', values: [true] },
    ]);
  });

  it('reads ids, times and flags', () => {
    expect(filtered({ merchant_id: encodeId('merchant', MERCHANT) })[0]?.values).toEqual([MERCHANT]);
    expect(filtered({ created_at: { gte: '2026-01-02T03:04:05+01:00' } })[0]?.values).toEqual([
      new Date('2026-01-02T02:04:05Z'),
    ]);
    expect(filtered({ is_late: false })[0]?.values).toEqual([false]);
  });

  it('reads the digits that a number begins with', () => {
    expect(filtered({ bin: ['424242', '42424242'] })[0]?.values).toEqual(['424242', '42424242']);
  });

  it('reads sort, limit and fields', () => {
    expect(parse({ sort: 'email', limit: '100', fields: 'email,status' })).toMatchObject({
      sort: { name: 'email', type: 'text', descending: false },
      limit: 100,
      fields: ['email', 'status'],
    });
  });

  it.each([
    ['not JSON', '{', 'filter_invalid'],
    ['no object', '[]', 'filter_invalid'],
    ['null', 'null', 'filter_invalid'],
    ['a field that there is not', '{"password":"x"}', 'filter_password_invalid'],
    ['a field whose name is no name', '{"a b<script>":"x"}', 'filter_invalid'],
    ['what every object has', '{"constructor":"x"}', 'filter_constructor_invalid'],
    ['a prototype', '{"__proto__":{"eq":"x"}}', 'filter_invalid'],
    ['too few digits', '{"bin":"42424"}', 'filter_bin_invalid'],
    ['too many digits', '{"bin":"424242424"}', 'filter_bin_invalid'],
    ['digits of another script', '{"bin":"٤٢٤٢٤٢"}', 'filter_bin_invalid'],
    ['a number for digits', '{"bin":424242}', 'filter_bin_invalid'],
    ['digits and more', '{"bin":"424242\\n"}', 'filter_bin_invalid'],
    ['a pattern', '{"bin":"4242%%"}', 'filter_bin_invalid'],
    ['no value', '{"email":null}', 'filter_email_invalid'],
    ['no operator', '{"email":{}}', 'filter_email_invalid'],
    ['an operator that there is not', '{"email":{"like":"x"}}', 'filter_email_invalid'],
    ['an operator of another type', '{"status":{"gte":"active"}}', 'filter_status_invalid'],
    ['what it is not, where that was not declared', '{"email":{"not_in":["x"]}}', 'filter_email_invalid'],
    ['whether it is known, where that was not declared', '{"email":{"known":true}}', 'filter_email_invalid'],
    ['one value that it is not', '{"status":{"not_in":"active"}}', 'filter_status_invalid'],
    ['another word for known', '{"status":{"known":"yes"}}', 'filter_status_invalid'],
    ['an operator that was not declared', '{"email":{"contains":"x"}}', 'filter_email_invalid'],
    ['an operator that every object has', '{"email":{"toString":"x"}}', 'filter_email_invalid'],
    ['an empty list', '{"status":[]}', 'filter_status_invalid'],
    ['a list of too many', JSON.stringify({ amount: { in: Array(101).fill(1) } }), 'filter_amount_invalid'],
    ['an unknown word', '{"status":"sold"}', 'filter_status_invalid'],
    ['one unknown word among others', '{"status":["active","sold"]}', 'filter_status_invalid'],
    ['another kind of id', '{"merchant_id":"sid_aaaaaaaaaaaaaaaaaaaaaaaaaa"}', 'filter_merchant_id_invalid'],
    ['a fraction', '{"amount":1.5}', 'filter_amount_invalid'],
    ['a number too large', '{"amount":1e300}', 'filter_amount_invalid'],
    ['a number as text', '{"amount":"1"}', 'filter_amount_invalid'],
    ['a time without a zone', '{"created_at":{"gte":"2026-01-02T03:04:05"}}', 'filter_created_at_invalid'],
    ['a day that there is not', '{"created_at":{"gte":"2026-13-40T00:00:00Z"}}', 'filter_created_at_invalid'],
    ['a long search', JSON.stringify({ email: 'a'.repeat(201) }), 'filter_email_invalid'],
    ['a search longer than the field', JSON.stringify({ note: 'a'.repeat(11) }), 'filter_note_invalid'],
    ['a search of 10,000 characters', JSON.stringify({ email: 'a'.repeat(10_000) }), 'filter_email_invalid'],
    ['fields that are too long together', JSON.stringify({ email: Array(45).fill('a'.repeat(200)) }), 'filter_invalid'],
    ['NUL', '{"email":"a\\u0000"}', 'filter_email_invalid'],
    ['a card number', '{"email":"4242424242424242"}', 'filter_email_invalid'],
    ['a card number in groups', '{"email":{"prefix":"4242 4242-4242 4242"}}', 'filter_email_invalid'],
    ['a card number among others', '{"email":["a","for 4242424242424242"]}', 'filter_email_invalid'],
  ])('refuses %s, naming the field', (_what, filter, code) => {
    expect(codesOf({ filter })).toEqual([code]);
  });

  it('names every parameter that is wrong', () => {
    expect(
      codesOf({ filter: '{"x":1}', sort: 'password', limit: '101', after: '!', fields: 'secret', page: '2' }),
    ).toEqual([
      'query_invalid',
      'filter_x_invalid',
      'sort_invalid',
      'limit_invalid',
      'after_invalid',
      'fields_invalid',
    ]);
  });

  it.each(['0', '-1', '1e2', ' 5', '1000'])('refuses the limit %j', (limit) => {
    expect(codesOf({ limit })).toEqual(['limit_invalid']);
  });

  it('refuses repeated parameters', () => {
    expect(codesOf({ sort: ['email', 'created_at'] })).toEqual(['sort_invalid']);
  });

  describe('a cursor', () => {
    const { sort } = parse({});
    const position = { backwards: false, key: '1790000000000000', id: MERCHANT };

    it('comes back as it was', () => {
      for (const backwards of [true, false]) {
        const after = encodeCursor(sort, { ...position, backwards });
        expect(parse({ after }).after).toEqual({ ...position, backwards });
      }
    });

    it('is refused with another order', () => {
      expect(codesOf({ after: encodeCursor(sort, position), sort: 'created_at' })).toEqual(['after_invalid']);
    });

    it.each([
      ['a key that is no time', { ...position, key: 'yesterday' }],
      ['a time that Postgres does not have', { ...position, key: '999999999999999999' }],
      ['an id that is none', { ...position, id: "' OR 1=1" }],
    ])('is refused with %s', (_what, made) => {
      expect(codesOf({ after: encodeCursor(sort, made) })).toEqual(['after_invalid']);
    });
  });

  it('is read or refused, whatever comes, and never anything else', () => {
    const anything = fc.oneof(fc.string(), fc.json(), fc.base64String());
    fc.assert(
      fc.property(
        fc.record(
          { filter: anything, sort: anything, limit: anything, after: anything, fields: anything },
          { requiredKeys: [] },
        ),
        (parameters) => {
          for (const code of codesOf(parameters)) expect(code).toMatch(/^[a-z][a-z0-9_]*_invalid$/);
        },
      ),
      { numRuns: 400 },
    );
  });
});
