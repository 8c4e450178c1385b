import type { Shown } from './command-line';

const text = (value: unknown): string => {
  if (value === null || value === undefined) return '-';
  if (Array.isArray(value)) return value.length === 0 ? '-' : value.map(text).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** A result for people: a list as a table with a heading, one thing as lines of name and value. Ends with a line break. */
export function tableOf(result: Shown): string {
  if (!Array.isArray(result)) {
    return align(Object.entries(result).map(([name, value]) => [name, text(value)]));
  }
  const rows = result as readonly object[];
  const [first] = rows;
  if (!first) return 'none\n';
  return align([Object.keys(first), ...rows.map((row) => Object.values(row).map(text))]);
}

function align(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
