/** Holds one message against the field table: what is missing, what is malformed, and what remains of it. */
import type { Situation } from '../context';
import type { Fault } from './formats';
import type { Field } from './table';

/** What is wrong, by class: names of elements, `parent.child`. */
export interface Findings {
  readonly missing: Set<string>;
  readonly malformed: Set<string>;
  readonly badIsoCodes: Set<string>;
}

/** Starts with nothing found. */
export function noFindings(): Findings {
  return { missing: new Set(), malformed: new Set(), badIsoCodes: new Set() };
}

/**
 * Checks `record` against `fields` and returns a copy with the fields that the table knows, in its order: unknown
 * elements are dropped, free-form objects kept whole. Faults go to `findings`; the copy is of use only without any.
 */
export function checkFields(
  record: Readonly<Record<string, unknown>>,
  fields: readonly Field[],
  situation: Situation,
  findings: Findings,
  parent = '',
): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const field of fields) {
    const value = record[field.name];
    const name = parent === '' ? field.name : `${parent}.${field.name}`;
    const inclusion = field.inclusion(situation.channel, situation.category);
    if (inclusion === 'N') keepIfSound(field, value, situation, copy);
    else if (!isEmpty(value)) copy[field.name] = checkValue(field, value, name, situation, findings);
    else if (inclusion === 'R' || (inclusion === 'C' && field.condition(situation))) findings.missing.add(name);
    else if (value !== undefined) findings.malformed.add(name);
  }
  return copy;
}

/** A field that the channel does not use is nobody's error: it stays when it is sound and goes when it is not. */
function keepIfSound(field: Field, value: unknown, situation: Situation, copy: Record<string, unknown>): void {
  if (isEmpty(value)) return;
  const findings = noFindings();
  const checked = checkValue(field, value, field.name, situation, findings);
  if (hasNone(findings)) copy[field.name] = checked;
}

/** Tells whether nothing was found. */
export function hasNone(findings: Findings): boolean {
  return findings.missing.size + findings.malformed.size + findings.badIsoCodes.size === 0;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkValue(field: Field, value: unknown, name: string, situation: Situation, findings: Findings): unknown {
  const { format } = field;
  switch (format.kind) {
    case 'text':
      note(typeof value === 'string' ? textFault(field, value, format.check) : '203', name, findings);
      return value;
    case 'boolean':
      note(typeof value === 'boolean' ? format.check(value) : '203', name, findings);
      return value;
    case 'codes':
      note(codesFault(field, value, format.max, format.check), name, findings);
      return value;
    case 'free':
      note(isObject(value) && fits(value, format.maxChars) ? null : '203', name, findings);
      return value;
    case 'freeList':
      note(Array.isArray(value) && value.length <= format.max && value.every(isObject) ? null : '203', name, findings);
      return value;
    case 'object':
      if (isObject(value)) return checkFields(value, field.fields ?? [], situation, findings, name);
      findings.malformed.add(name);
      return value;
    case 'objects':
      if (Array.isArray(value) && value.length <= format.max && fits(value, format.maxChars)) {
        return value.map((item: unknown) => {
          if (isObject(item)) return checkFields(item, field.fields ?? [], situation, findings, name);
          findings.malformed.add(name);
          return item;
        });
      }
      findings.malformed.add(name);
      return value;
  }
}

function note(fault: Fault | null, name: string, findings: Findings): void {
  if (fault === '203') findings.malformed.add(name);
  if (fault === '304') findings.badIsoCodes.add(name);
}

function textFault(field: Field, value: string, check: (value: string) => Fault | null): Fault | null {
  return field.values !== null && !field.values.has(value) ? '203' : check(value);
}

function codesFault(field: Field, value: unknown, max: number, check: (value: string) => Fault | null): Fault | null {
  if (!Array.isArray(value) || value.length > max) return '203';
  const sound = value.every((code) => typeof code === 'string' && textFault(field, code, check) === null);
  return sound ? null : '203';
}

/** Lengths of objects are those of their JSON text. */
function fits(value: unknown, maxChars: number): boolean {
  return maxChars === Infinity || JSON.stringify(value).length <= maxChars;
}
