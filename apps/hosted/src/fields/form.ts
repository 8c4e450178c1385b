/** The fields themselves: labels, what may be typed, what is wrong. What is typed never leaves this module but to be sent. */
import { brandOf, digitsIn, grouped, judgeNumber } from './card-number';
import { judgeExpiry, readExpiry, writeExpiry } from './expiry';
import type { Words } from './words';

/** The card as `POST /tokens` takes it. */
export interface TypedCard {
  readonly number: string;
  readonly expiry_month: number;
  readonly expiry_year: number;
  readonly name?: string;
}

interface Field {
  readonly input: HTMLInputElement;
  /** The words for what is wrong; null for nothing. */
  readonly problem: () => string | null;
  readonly show: (problem: string | null) => void;
}

interface FieldSettings {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly autocomplete: AutoFill;
  readonly inputMode: string;
  readonly problem: (value: string) => string | null;
  /** As it stands in the field after something was typed. */
  readonly write?: (value: string) => string;
}

const NAME_LENGTH = 45;

/** A form in `host`; `changed` is called after every change. */
export class CardForm {
  private readonly number: Field;
  private readonly expiry: Field;
  private readonly holder: Field | null;

  constructor(
    private readonly host: HTMLElement,
    words: Words,
    withName: boolean,
    private readonly changed: () => void,
  ) {
    this.number = this.field({
      name: 'number',
      label: words.number,
      autocomplete: 'cc-number',
      inputMode: 'numeric',
      problem: (value) => (judgeNumber(digitsIn(value)) === 'valid' ? null : words.numberInvalid),
      write: (value) => grouped(digitsIn(value)),
    });
    this.expiry = this.field({
      name: 'expiry',
      label: words.expiry,
      hint: words.expiryHint,
      autocomplete: 'cc-exp',
      inputMode: 'numeric',
      problem: (value) => {
        const judgement = judgeExpiry(value, new Date());
        if (judgement === 'past') return words.expiryPast;
        return judgement === 'valid' ? null : words.expiryInvalid;
      },
      write: writeExpiry,
    });
    this.holder = withName
      ? this.field({
          name: 'name',
          label: words.name,
          autocomplete: 'cc-name',
          inputMode: 'text',
          problem: (value) => (value.trim().length >= 2 ? null : words.nameInvalid),
          write: (value) => value.slice(0, NAME_LENGTH),
        })
      : null;
  }

  get isComplete(): boolean {
    return this.fields.every(({ problem }) => problem() === null);
  }

  get brand(): string {
    return brandOf(digitsIn(this.number.input.value)).name;
  }

  /** The card, or null: then what is wrong is shown, and the first wrong field has the focus. */
  read(): TypedCard | null {
    for (const { problem, show } of this.fields) show(problem());
    const wrong = this.fields.find(({ problem }) => problem() !== null);
    wrong?.input.focus();
    const expiry = readExpiry(this.expiry.input.value);
    if (wrong || expiry === null) return null;
    return {
      number: digitsIn(this.number.input.value),
      expiry_month: expiry.month,
      expiry_year: expiry.year,
      ...(this.holder && { name: this.holder.input.value.trim() }),
    };
  }

  focus(): void {
    this.number.input.focus();
  }

  clear(): void {
    for (const { input, show } of this.fields) {
      input.value = '';
      show(null);
    }
    this.changed();
  }

  private get fields(): Field[] {
    return [this.number, this.expiry, ...(this.holder ? [this.holder] : [])];
  }

  private field({ name, label, hint, autocomplete, inputMode, problem, write }: FieldSettings): Field {
    const input = document.createElement('input');
    Object.assign(input, { id: name, name, type: 'text', autocomplete, inputMode, placeholder: hint ?? '' });
    input.required = true;
    input.spellcheck = false;
    const caption = document.createElement('label');
    caption.htmlFor = name;
    caption.textContent = label;
    const complaint = document.createElement('p');
    complaint.id = `${name}-problem`;
    complaint.className = 'problem';
    // There before there is something to say, or a screen reader would not say it.
    complaint.setAttribute('role', 'alert');
    const row = document.createElement('div');
    row.className = `field ${name}`;
    row.append(caption, input, complaint);
    this.host.append(row);
    const show = (text: string | null): void => {
      if (complaint.textContent === (text ?? '')) return;
      complaint.textContent = text ?? '';
      if (text === null) input.removeAttribute('aria-invalid');
      else input.setAttribute('aria-invalid', 'true');
      input.setAttribute('aria-describedby', complaint.id);
      this.changed();
    };
    const told = (): string | null => problem(input.value);
    input.addEventListener('input', (event) => {
      if (write) rewrite(input, write, event instanceof InputEvent ? event.inputType : '');
      if (told() === null) show(null);
      this.changed();
    });
    // Only what was left is judged: who has just begun has made no mistake.
    input.addEventListener('blur', () => show(input.value === '' ? null : told()));
    return { input, problem: told, show };
  }
}

/** Puts `value` as it should stand, with the caret behind the same digit. What is deleted is not written again. */
function rewrite(input: HTMLInputElement, write: (value: string) => string, how: string): void {
  const { value, selectionStart } = input;
  const isAtEnd = selectionStart === value.length;
  if (how.startsWith('delete') && isAtEnd) return;
  const before = value.slice(0, selectionStart ?? value.length).replace(/\D/g, '').length;
  input.value = write(value);
  if (isAtEnd) return;
  let caret = 0;
  for (let digits = 0; caret < input.value.length && digits < before; caret++) {
    if (/\d/.test(input.value.charAt(caret))) digits += 1;
  }
  input.setSelectionRange(caret, caret);
}
