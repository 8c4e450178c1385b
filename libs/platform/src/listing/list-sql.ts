import type { FilterOperator, ListCondition, ListQuery, SortType } from './listing';

/** Adds a value to a statement and gives its placeholder. */
export type Bind = (value: unknown) => string;

/** The SQL of a condition that no single column answers. */
export type ConditionSql = (condition: ListCondition, bind: Bind) => string;

/**
 * What a subquery ends with whose rows are walked as the page is, from where it begins and no further than it needs; `column`
 * is the one that names the page's rows. Nothing where the page has another order than that of its ids.
 */
export type AsPage = (column: string) => string;

/** The same by a subquery that knows of the page. */
export type PagedConditionSql = (condition: ListCondition, bind: Bind, asPage: AsPage) => string;

/** How the names of a list are written in SQL. All of it is ours: nothing that a caller said goes in here. */
export interface ListSource<Field extends string = string, Sort extends string = string> {
  /** A column (or an expression that is indexed) per filter, or a function for what is more than that. */
  readonly filters: Readonly<Record<Field, string | PagedConditionSql>>;
  readonly sorts: Readonly<Record<Sort, string>>;
  /** The column with the rows' unique UUID. */
  readonly id: string;
}

/** The pieces of a statement that selects a page, and one row more. */
export interface ListSql {
  /** For the list of what is selected: `"rowId"` and `"sortKey"`, which `pageOf` needs. */
  readonly columns: string;
  /** Begins with `AND`, or is empty. */
  readonly conditions: string;
  /** `ORDER BY … LIMIT …` */
  readonly order: string;
}

/** Exact in both directions, unlike a date of JavaScript: rows of the same millisecond are neither lost nor repeated. */
const KEY: Record<SortType, { written: (column: string) => string; read: (placeholder: string) => string }> = {
  text: { written: (column) => column, read: (placeholder) => `${placeholder}::text` },
  integer: { written: (column) => `${column}::text`, read: (placeholder) => `${placeholder}::bigint` },
  time: {
    written: (column) => `(extract(epoch FROM ${column}) * 1000000)::bigint::text`,
    read: (placeholder) => `('epoch'::timestamptz + ${placeholder}::bigint * interval '1 microsecond')`,
  },
  id: { written: (column) => `${column}::text`, read: (placeholder) => `${placeholder}::uuid` },
};

const COMPARISONS: Partial<Record<FilterOperator, string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' };

/**
 * A checked query as SQL, with keyset pagination: every page costs the same however far it is from the first.
 * @param bind adds a value; those of the statement's own conditions may be bound before or after
 */
export function listSql<Field extends string, Sort extends string>(
  query: ListQuery<Field, Sort>,
  source: ListSource<Field, Sort>,
  bind: Bind,
): ListSql {
  const { sort, after } = query;
  const column = source.sorts[sort.name];
  const backwards = after?.backwards ?? false;
  const down = sort.descending !== backwards;
  const direction = down ? 'DESC' : 'ASC';
  // An id that is sorted by needs no second one to be unique.
  const isId = sort.type === 'id';
  const key = after && KEY[sort.type].read(bind(after.key));
  const beyond = (what: string, where: string): string => [what, where].join(down ? ' < ' : ' > ');
  const asPage: AsPage = (of) => {
    if (!isId) return '';
    return `${key === null ? '' : ` AND ${beyond(of, key)}`} ORDER BY ${of} ${direction}`;
  };
  const conditions = query.conditions.map((condition) => conditionSql(condition, source.filters, bind, asPage));
  if (after && key !== null)
    conditions.push(
      isId ? beyond(column, key) : beyond(`(${column}, ${source.id})`, `(${key}, ${bind(after.id)}::uuid)`),
    );
  const order = isId ? `${column} ${direction}` : `${column} ${direction}, ${source.id} ${direction}`;
  return {
    columns: `${source.id} AS "rowId", ${KEY[sort.type].written(column)} AS "sortKey"`,
    conditions: conditions.map((condition) => ` AND ${condition}`).join(''),
    order: `ORDER BY ${order} LIMIT ${query.limit + 1}`,
  };
}

/** Conditions alone, over what `filters` name, for what is no page: begins with `AND`, or is empty. */
export function listConditionsSql<Field extends string>(
  conditions: readonly ListCondition<Field>[],
  filters: ListSource<Field>['filters'],
  bind: Bind,
): string {
  return conditions.map((condition) => ` AND ${conditionSql(condition, filters, bind, () => '')}`).join('');
}

function conditionSql<Field extends string>(
  condition: ListCondition<Field>,
  filters: ListSource<Field>['filters'],
  bind: Bind,
  asPage: AsPage,
): string {
  const source: string | PagedConditionSql = filters[condition.field];
  return typeof source === 'function' ? source(condition, bind, asPage) : columnSql(source, condition, bind);
}

/** A condition on a column, or on any other SQL of one value. */
export function columnSql(column: string, { operator, values }: ListCondition, bind: Bind): string {
  const [value] = values;
  const comparison = COMPARISONS[operator];
  if (comparison !== undefined) return `${column} ${comparison} ${bind(value)}`;
  if (operator === 'known') return `${column} IS ${value === true ? 'NOT ' : ''}NULL`;
  if (operator === 'not_in') return `(${column} = ANY(${bind(values)})) IS NOT TRUE`;
  if (operator === 'in') return `${column} = ANY(${bind(values)})`;
  if (operator === 'eq') return `${column} = ${bind(value)}`;
  const pattern = String(value).replaceAll(/[\\%_]/g, '\\$&');
  return operator === 'prefix' ? `${column} LIKE ${bind(`${pattern}%`)}` : `${column} ILIKE ${bind(`%${pattern}%`)}`;
}

/**
 * That a column of at most `most` digits begins with one of some digits: a range, whatever the collation. As many as there can be
 * are one value, of which an index has the rows in the order of its next column.
 */
export const beginsWithDigits =
  (column: string, most: number): ConditionSql =>
  ({ values }, bind) => {
    const ranges = values
      .map(String)
      .map((digits) =>
        digits.length === most
          ? `${column} = ${bind(digits)}`
          : `${column} BETWEEN ${bind(digits)} AND ${bind(digits.padEnd(most, '9'))}`,
      );
    return `(${ranges.join(' OR ')})`;
  };

/** A list of values for a statement, and the `Bind` that adds to it. */
export function bindings(...first: unknown[]): { values: unknown[]; bind: Bind } {
  const values = [...first];
  return { values, bind: (value) => `$${values.push(value)}` };
}
