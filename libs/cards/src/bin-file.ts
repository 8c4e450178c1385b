/** A table of BINs as a file: CSV (RFC 4180) in UTF-8, whose first line names its columns. */
import { CARD_TYPES, InvalidRequest } from '@app/kernel';
import { CsvError, parse } from 'csv-parse/sync';
import { cardTypeOf, isIssuerCountry, isIssuerName, ISSUER_MAX_LENGTH, type BinEntry } from './domain/card-bin';

/** What must be there, in any order; other columns are left out. */
const COLUMNS = ['bin', 'issuer', 'country', 'card_type'] as const;
type Line = Readonly<Record<(typeof COLUMNS)[number], string>>;

/** So many lines that cannot be used are named; the rest is counted. */
const MOST_NAMED = 10;

/** By the library's code. */
const CSV_PROBLEMS: Readonly<Record<string, string>> = {
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: 'has another number of columns than the first line',
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and not closed',
  INVALID_OPENING_QUOTE: 'a quote stands within a text that is not quoted',
  CSV_INVALID_CLOSING_QUOTE: 'something stands between a closing quote and the next column',
};

/** The file cannot be used, and nothing of it was. `message` names lines and columns. */
export class InvalidBinFile extends InvalidRequest {
  constructor(problems: readonly string[]) {
    const more = problems.length > MOST_NAMED ? `; and ${problems.length - MOST_NAMED} more` : '';
    super(['bin_file_invalid'], problems.slice(0, MOST_NAMED).join('; ') + more);
  }
}

/**
 * The lines of a file. Empty values are not known. Kinds of card are read whatever their case, with a blank or `_` within:
 * `DEFERRED DEBIT` is `deferred_debit`.
 * @throws InvalidBinFile
 */
export function parseBinFile(file: Uint8Array): BinEntry[] {
  const text = textOf(file);
  const problems: string[] = [];
  const entries = new Map<string, BinEntry>();
  for (const { at, line } of linesOf(text)) {
    const says = (column: string, what: string) => problems.push(`line ${at}: ${column} ${what}`);
    const entry = entryOf(line, says);
    if (entries.has(entry.prefix)) says('bin', 'is there twice');
    entries.set(entry.prefix, entry);
  }
  if (problems.length > 0) throw new InvalidBinFile(problems);
  if (entries.size === 0) throw new InvalidBinFile(['the file has no line but its first']);
  return [...entries.values()];
}

function textOf(file: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    throw new InvalidBinFile(['the file is not UTF-8']);
  }
}

/** Each line below the first, and which one of the file it is. */
function linesOf(text: string): { at: number; line: Line }[] {
  const [names, ...rows] = rowsOf(text);
  const columns = (names?.record ?? []).map((name) => name.toLowerCase());
  const missing = COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new InvalidBinFile([`the first line does not name ${missing.join(', ')}`]);
  const places = COLUMNS.map((column) => [column, columns.indexOf(column)] as const);
  return rows.map(({ record, info }) => ({
    at: info.lines,
    line: Object.fromEntries(places.map(([name, place]) => [name, record[place] ?? ''])) as Line,
  }));
}

function rowsOf(text: string): { record: string[]; info: { lines: number } }[] {
  try {
    // What is asked for with `info` has another type than the library's own.
    return parse(text, { bom: true, trim: true, skip_empty_lines: true, info: true }) as unknown as ReturnType<
      typeof rowsOf
    >;
  } catch (error) {
    // The library's own words repeat what stands in the file.
    if (error instanceof CsvError) throw new InvalidBinFile([csvProblem(error)]);
    throw error;
  }
}

function csvProblem({ code, lines }: CsvError & { lines?: number }): string {
  const place = typeof lines === 'number' ? `line ${lines}: ` : '';
  return `${place}${CSV_PROBLEMS[code] ?? 'is not CSV'}`;
}

function entryOf(
  { bin, issuer, country, card_type: type }: Line,
  says: (column: string, what: string) => void,
): BinEntry {
  if (!/^\d{6,8}$/.test(bin)) says('bin', 'must be six to eight digits');
  const name = textOr(issuer, isIssuerName, () =>
    says(
      'issuer',
      `must be a name of at most ${ISSUER_MAX_LENGTH} characters, without card numbers and marks that turn its direction`,
    ),
  );
  const issuerCountry = textOr(country, isIssuerCountry, () =>
    says('country', 'must be two capital letters of ISO 3166-1'),
  );
  const cardType = type === '' ? null : cardTypeOf(type);
  if (type !== '' && cardType === null) says('card_type', `must be one of ${CARD_TYPES.join(', ')}`);
  return { prefix: bin, issuer: name, issuerCountry, cardType };
}

/** A text; null where it is empty or not `fit`, which is said. */
function textOr(text: string, fit: (text: string) => boolean, unfit: () => void): string | null {
  if (text === '') return null;
  if (!fit(text)) unfit();
  return text;
}
