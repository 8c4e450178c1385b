/** The field table of the specification, compiled once for each supported version. */
import { MESSAGE_TYPES, type MessageType } from '../messages/common';
import { SUPPORTED_VERSIONS, type ProtocolVersion } from '../versions';
import { CONDITIONS, NOTES, type Condition } from './conditions';
import document from './emv-3ds-messages.json';
import { FORMATS, type Format } from './formats';
import { allowedValues } from './values';

type Inclusion = 'R' | 'C' | 'O' | 'N';

interface Row {
  name: string;
  type: string;
  format: string;
  versions: string[];
  inclusion: Record<string, string>;
  condition: string;
  values?: string[];
  byVersion?: Record<string, Partial<Row> & { channels?: string[]; inclusionAll?: string }>;
}

interface Table {
  fields: Row[];
}

/** One field of one message or nested object, ready to be checked. */
export interface Field {
  readonly name: string;
  readonly format: Format;
  /** The codes allowed, or null when anything of the format is. */
  readonly values: ReadonlySet<string> | null;
  /** The fields of the object, or of each object of the list, that the format names. */
  readonly fields: readonly Field[] | null;
  /** How the field stands in a message of this channel and category; nested objects have one answer for all. */
  inclusion(channel: string, category: string): Inclusion;
  readonly condition: Condition;
}

const tables = document as unknown as { messages: Record<string, Table>; objects: Record<string, Table> };

/** Values that receivers take although they are not listed (emv-3ds.md section 4.1). */
const OPEN_VALUES: ReadonlySet<string> = new Set(['Erro.errorCode', 'Erro.errorComponent', 'Erro.errorMessageType']);

/** Which versions are spoken is the receiver's choice and error 102; the field itself need only look like a version. */
const VERSION_FIELD = 'messageVersion';

const MESSAGES = Object.fromEntries(
  SUPPORTED_VERSIONS.map((version) => [
    version,
    Object.fromEntries(MESSAGE_TYPES.map((type) => [type, compile(tables.messages, type, version)])),
  ]),
) as Record<ProtocolVersion, Record<MessageType, readonly Field[]> | undefined>;

/** The fields of a message in `version`, in the order of the specification. Throws RangeError for an unsupported one. */
export function fieldsOf(type: MessageType, version: ProtocolVersion): readonly Field[] {
  const messages = MESSAGES[version];
  if (messages === undefined) throw new RangeError(`No field table for version ${version}`);
  return messages[type];
}

/** The fields of a nested object in `version`. */
export function objectFieldsOf(name: string, version: ProtocolVersion): readonly Field[] {
  return compile(tables.objects, name, version);
}

/** The names of every field of every message and nested object, whatever the version. */
export function allFieldNames(): ReadonlySet<string> {
  const rows = [...Object.values(tables.messages), ...Object.values(tables.objects)].flatMap((table) => table.fields);
  return new Set(rows.map((row) => row.name));
}

function compile(source: Record<string, Table>, name: string, version: ProtocolVersion): readonly Field[] {
  const table = source[name];
  if (table === undefined) throw new Error(`The field table has no ${name}`);
  return table.fields.filter((row) => row.versions.includes(version)).map((row) => compileRow(row, name, version));
}

function compileRow(row: Row, parent: string, version: ProtocolVersion): Field {
  const override = row.byVersion?.[version] ?? {};
  const { format: formatText, condition, values } = { ...row, ...override };
  const format = known(FORMATS, formatText, 'format');
  const inclusions = inclusionsOf(row, override);
  const conditional = Object.values(inclusions).includes('C');
  if (!conditional && condition !== '') known(NOTES, condition, 'note');
  return {
    name: row.name,
    format,
    values: valuesOf(`${parent}.${row.name}`, values, version),
    fields: 'object' in format ? objectFieldsOf(format.object, version) : null,
    inclusion: (channel, category) => inclusions['any'] ?? inclusions[`${channel}-${category}`] ?? 'N',
    condition: conditional ? known(CONDITIONS, condition, 'condition') : () => false,
  };
}

function inclusionsOf(
  row: Row,
  override: { channels?: string[]; inclusionAll?: string },
): Readonly<Record<string, Inclusion>> {
  const entries = Object.entries(row.inclusion).map(([key, code]) => {
    if (override.channels !== undefined && !override.channels.includes(key.slice(0, 2))) return [key, 'N'];
    return [key, code === 'N' ? 'N' : (override.inclusionAll ?? code)];
  });
  return Object.fromEntries(entries) as Record<string, Inclusion>;
}

function valuesOf(path: string, values: string[] | undefined, version: ProtocolVersion): ReadonlySet<string> | null {
  if (values === undefined || OPEN_VALUES.has(path) || path.endsWith(`.${VERSION_FIELD}`)) return null;
  return allowedValues(values, version);
}

/** A text of the table that no code was written for must not pass for "no rule". */
function known<T>(map: Readonly<Record<string, T>>, text: string, kind: string): T {
  const value = Object.hasOwn(map, text) ? map[text] : undefined;
  if (value === undefined) throw new Error(`The field table has an unknown ${kind}: ${text}`);
  return value;
}
