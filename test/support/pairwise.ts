/** Few rows in which every two values of different factors meet: what goes wrong seldom takes more than two to go wrong. */

/** One value per factor. */
export type Row<Factors> = { [Name in keyof Factors]: Factors[Name] extends readonly (infer Value)[] ? Value : never };

type Values = Record<string, readonly string[]>;
type Picks = Record<string, string>;

/**
 * Rows that cover every pair of values that may stand together; the same rows each time. `isPossible` is asked of whole rows and
 * of parts of them: it may only refuse what stays impossible with more.
 */
export function pairwise<const Factors extends Values>(
  factors: Factors,
  isPossible: (row: Partial<Row<Factors>>) => boolean = () => true,
): Row<Factors>[] {
  const may = (picks: Picks): boolean => isPossible(picks as Partial<Row<Factors>>);
  const names = Object.keys(factors);
  const open = new Set(
    pairsOf(names).flatMap(([one, other]) =>
      (factors[one] ?? []).flatMap((value) =>
        (factors[other] ?? [])
          .filter((with_) => may({ [one]: value, [other]: with_ }))
          .map((with_) => key(one, value, other, with_)),
      ),
    ),
  );
  const rows: Picks[] = [];
  while (open.size > 0) {
    const [first = ''] = open;
    const row = complete(JSON.parse(first) as Picks, names, factors, open, may);
    for (const [one, other] of pairsOf(names)) open.delete(key(one, row[one] ?? '', other, row[other] ?? ''));
    rows.push(row);
  }
  return rows as Row<Factors>[];
}

/** The factors that are left, each with the value that meets most others for the first time. */
function complete(
  start: Picks,
  names: readonly string[],
  factors: Values,
  open: ReadonlySet<string>,
  may: (picks: Picks) => boolean,
): Picks {
  const row = { ...start };
  for (const name of names.filter((one) => row[one] === undefined)) {
    const news = (value: string): number =>
      names.filter((other) => row[other] !== undefined && open.has(keyOf(names, name, value, other, row[other] ?? '')))
        .length;
    const possible = (factors[name] ?? []).filter((value) => may({ ...row, [name]: value }));
    const [best] = [...possible].sort((a, b) => news(b) - news(a));
    if (best === undefined) throw new Error(`No value of ${name} goes with ${JSON.stringify(row)}`);
    row[name] = best;
  }
  return row;
}

function pairsOf(names: readonly string[]): [string, string][] {
  return names.flatMap((one, index) => names.slice(index + 1).map((other): [string, string] => [one, other]));
}

const key = (one: string, value: string, other: string, with_: string): string =>
  JSON.stringify({ [one]: value, [other]: with_ });

/** The same whichever of the two is named first. */
const keyOf = (names: readonly string[], one: string, value: string, other: string, with_: string): string =>
  names.indexOf(one) < names.indexOf(other) ? key(one, value, other, with_) : key(other, with_, one, value);
