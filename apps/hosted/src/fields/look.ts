/** How a merchant lets the fields look: a handful of values, each checked to be one of its kind. */
import type { FieldsLook } from '../kit/fields-protocol';

/** The variable of the style sheet, and the property whose value it has to be. */
const VARIABLES: Readonly<Record<keyof FieldsLook, readonly [variable: string, property: string]>> = {
  color: ['--ink', 'color'],
  background: ['--ground', 'background-color'],
  borderColor: ['--line', 'border-color'],
  accentColor: ['--accent', 'outline-color'],
  errorColor: ['--error', 'color'],
  borderRadius: ['--radius', 'border-radius'],
  fontSize: ['--size', 'font-size'],
  fontFamily: ['--family', 'font-family'],
};

/** Sets what is a value of its kind. Addresses are none: nothing is fetched for a look. */
export function applyLook(look: FieldsLook): void {
  for (const [name, [variable, property]] of Object.entries(VARIABLES)) {
    const value: unknown = look[name as keyof FieldsLook];
    if (typeof value !== 'string' || /url|var|[;{}\\]/i.test(value) || !CSS.supports(property, value)) continue;
    document.documentElement.style.setProperty(variable, value);
  }
}
