import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import { styled } from '@mui/material/styles';
import { useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { cardIn } from '../format/card-number';
import { minorDigits, parseMoney } from '../format/money';
import { MerchantsInput } from '../merchants/MerchantInput';
import type { FilterValue, ListFilter } from '../providers/list-query';
import { TextInput } from '../ui/TextInput';
import { SelectInput } from '../ui/SelectInput';
import {
  choicesWith,
  excludedOf,
  howOf,
  LAST,
  operatorsOf,
  textIn,
  unlikeValue,
  valueByText,
  valuesOf,
  without,
  type Choice,
  type FilterField,
  type How,
} from './filter-field';
import { toInstant, toLocal } from './local-time';
import { useTimeZone } from '../ui/time-zone';

const Form = styled('form')(({ theme }) => ({
  display: 'grid',
  gap: 10,
  padding: 12,
  '& ul': { listStyle: 'none', margin: '0 -4px', padding: 0, maxHeight: 300, overflowY: 'auto' },
  '& li label': {
    display: 'flex',
    alignItems: 'center',
    gap: 6,
    padding: '2px 4px',
    borderRadius: 6,
    fontSize: 13,
    cursor: 'pointer',
  },
  '& li label:hover': { background: theme.tokens.hover },
  '& footer': { display: 'flex', justifyContent: 'flex-end', gap: 8 },
  '& .two': { display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 8 },
  '& .lasts': { display: 'flex', flexWrap: 'wrap', gap: 6 },
}));

interface EditorProps<Field> {
  readonly field: Field;
  readonly filter: ListFilter;
  readonly onDone: (filter: ListFilter) => void;
}

type Of<Kind> = Extract<FilterField, { kind: Kind }>;

interface FilterEditorProps extends EditorProps<FilterField> {
  /** Whether the list can be narrowed to a card as well. */
  readonly knowsCards: boolean;
}

/** Sets what a list is narrowed to in one field. */
export function FilterEditor({ field, filter, knowsCards, onDone }: FilterEditorProps) {
  switch (field.kind) {
    case 'words':
      return <WordsEditor field={field} filter={filter} onDone={onDone} />;
    case 'merchants':
      return <MerchantsEditor field={field} filter={filter} onDone={onDone} />;
    case 'text':
      return <TextEditor field={field} filter={filter} knowsCards={knowsCards} onDone={onDone} />;
    case 'flag':
      return <FlagEditor field={field} filter={filter} onDone={onDone} />;
    case 'time':
      return <TimeEditor field={field} filter={filter} onDone={onDone} />;
    case 'amount':
      return <AmountEditor field={field} filter={filter} onDone={onDone} />;
  }
}

const LOOKS_LIKE_A_CARD = {
  known: 'That looks like a card number: search by BIN and last four.',
  unknown: 'That looks like a card number: it is not looked for.',
};

/** The filter with another value of a field; without the field where there is no value. */
const withValue = (filter: ListFilter, field: FilterField, value: FilterValue | undefined): ListFilter =>
  value === undefined ? without(filter, field) : { ...without(filter, field), [field.name]: value };

interface FrameProps {
  readonly onSubmit: () => void;
  /** Of what submits it. */
  readonly label?: string;
  readonly children: ReactNode;
}

function Frame({ onSubmit, label = 'Apply', children }: FrameProps) {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Form onSubmit={submit}>
      {children}
      <footer>
        <Button type="submit" variant="contained" color="primary">
          {label}
        </Button>
      </footer>
    </Form>
  );
}

const HOW_WORDS: Readonly<Record<How, string>> = {
  is: 'Is',
  is_not: 'Is not',
  known: 'Is known',
  unknown: 'Is unknown',
};
const HOW: readonly How[] = ['is', 'is_not', 'known', 'unknown'];

const takesValues = (how: How): boolean => how === 'is' || how === 'is_not';

/** How a field is asked for, and the values that it is or is not; who only looked has changed nothing. */
function useHow(field: FilterField, filter: ListFilter, onDone: (filter: ListFilter) => void) {
  const value = filter[field.name];
  const before = howOf(value);
  const [how, setHow] = useState(before);
  const held = before === 'is_not' ? excludedOf(value) : valuesOf(value);
  const done = (values: readonly string[]): void => {
    const isSame = how === before && (!takesValues(how) || values.join('\n') === held.join('\n'));
    if (isSame) return onDone(filter);
    const wanted = how === 'is' ? (values.length > 0 ? values : undefined) : unlikeValue(how, values);
    onDone(withValue(filter, field, wanted));
  };
  return { how, setHow, held, done };
}

interface HowProps {
  readonly field: FilterField;
  readonly how: How;
  readonly onChange: (how: How) => void;
}

/** Where a list can be asked for what is not so, too. */
function HowInput({ field, how, onChange }: HowProps) {
  if (!field.unlike) return null;
  const wordFor = (one: How): string =>
    one === 'is' && field.kind === 'text' && field.operator === 'contains' ? 'Contains' : HOW_WORDS[one];
  return (
    <SelectInput
      label="How"
      value={how}
      choices={HOW.map((value) => ({ value, label: wordFor(value) }))}
      onChange={onChange}
    />
  );
}

/** More choices than these are looked for by name. */
const EASY_TO_SEE = 40;

function WordsEditor({ field, filter, onDone }: EditorProps<Of<'words'>>) {
  const { how, setHow, held, done } = useHow(field, filter, onDone);
  const [chosen, setChosen] = useState(held);
  const [text, setText] = useState('');
  const isLong = field.choices.length > EASY_TO_SEE;
  const found = choicesWith(field.choices, text);
  // What was chosen before is seen at once; a row stays where it is when it is chosen.
  const isHeld = ({ value }: Choice): boolean => held.includes(value);
  const isWhole = !isLong || text.trim() !== '';
  const shown = isWhole ? found : [...found.filter(isHeld), ...found.filter((choice) => !isHeld(choice))];
  const takeFirst = (event: KeyboardEvent): void => {
    const [first] = found;
    if (event.key !== 'Enter' || text.trim() === '' || !first) return;
    event.preventDefault();
    done([...new Set([...chosen, first.value])]);
  };
  const toggle = (value: string): void =>
    setChosen(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <Frame onSubmit={() => done(chosen)}>
      <HowInput field={field} how={how} onChange={setHow} />
      {isLong && takesValues(how) && (
        <TextInput
          label={field.label}
          value={text}
          onChange={setText}
          problem={found.length === 0 ? 'None is called that.' : null}
          attributes={{ placeholder: 'Find', autoComplete: 'off', onKeyDown: takeFirst }}
          autoFocus
        />
      )}
      <ul aria-label={field.label} hidden={!takesValues(how)}>
        {shown.map(({ value, label }, index) => (
          <li key={value}>
            <label>
              <Checkbox
                checked={chosen.includes(value)}
                onChange={() => toggle(value)}
                autoFocus={index === 0 && !isLong}
              />
              {label}
            </label>
          </li>
        ))}
      </ul>
    </Frame>
  );
}

function MerchantsEditor({ field, filter, onDone }: EditorProps<Of<'merchants'>>) {
  const { how, setHow, held, done } = useHow(field, filter, onDone);
  const [chosen, setChosen] = useState(held);
  return (
    <Frame onSubmit={() => done(chosen)}>
      <HowInput field={field} how={how} onChange={setHow} />
      {takesValues(how) && <MerchantsInput label={field.label} chosen={chosen} onChange={setChosen} autoFocus />}
    </Frame>
  );
}

/** A card number is never looked for as text, as what is looked for stands in addresses: the card is, by what lists know of it. */
function TextEditor({ field, filter, knowsCards, onDone }: EditorProps<Of<'text'>> & { knowsCards: boolean }) {
  const { how, setHow, held, done } = useHow(field, filter, onDone);
  const [text, setText] = useState(how === 'is_not' ? (held[0] ?? '') : textIn(field, filter));
  const card = cardIn(text.trim());
  const submit = (): void => {
    if (!takesValues(how)) done([]);
    else if (!card && how === 'is') onDone(withValue(filter, field, valueByText(field, text, filter)));
    else if (!card) done(text.trim() === held[0] ? held : [text.trim()].filter((typed) => typed !== ''));
    else if (knowsCards) onDone({ ...without(filter, field), ...card });
  };
  return (
    <Frame onSubmit={submit} label={card && knowsCards ? 'Search by BIN and last four' : 'Apply'}>
      <HowInput field={field} how={how} onChange={setHow} />
      {takesValues(how) && (
        <TextInput
          label={field.label}
          value={text}
          onChange={setText}
          autoFocus
          problem={card && LOOKS_LIKE_A_CARD[knowsCards ? 'known' : 'unknown']}
          {...(field.hint === undefined ? {} : { hint: field.hint })}
          attributes={{
            maxLength: field.maxLength ?? 200,
            autoComplete: 'off',
            spellCheck: false,
            ...(field.isNumeric ? { inputMode: 'numeric', pattern: '[0-9]*' } : {}),
          }}
        />
      )}
    </Frame>
  );
}

function FlagEditor({ field, filter, onDone }: EditorProps<Of<'flag'>>) {
  return (
    <Form>
      <Button autoFocus onClick={() => onDone(withValue(filter, field, true))}>
        {`Is ${field.yes}`}
      </Button>
      <Button onClick={() => onDone(withValue(filter, field, false))}>{`Is ${field.no}`}</Button>
    </Form>
  );
}

function TimeEditor({ field, filter, onDone }: EditorProps<Of<'time'>>) {
  const [zone] = useTimeZone();
  const { gte, lt } = operatorsOf(filter[field.name]);
  const [from, setFrom] = useState(gte === undefined ? '' : toLocal(String(gte), zone));
  const [until, setUntil] = useState(lt === undefined ? '' : toLocal(String(lt), zone));
  const range = {
    ...(from === '' ? {} : { gte: toInstant(from, zone) }),
    ...(until === '' ? {} : { lt: toInstant(until, zone) }),
  };
  return (
    <Frame onSubmit={() => onDone(withValue(filter, field, Object.keys(range).length > 0 ? range : undefined))}>
      <div className="lasts" role="group" aria-label="In the last">
        {LAST.map(({ value, label }) => (
          <Button key={value} onClick={() => onDone(withValue(filter, field, { last: value }))} sx={{ minHeight: 28 }}>
            {`Last ${label}`}
          </Button>
        ))}
      </div>
      <TextInput label="From" value={from} onChange={setFrom} attributes={{ type: 'datetime-local', step: 1 }} />
      <TextInput label="Until" value={until} onChange={setUntil} attributes={{ type: 'datetime-local', step: 1 }} />
    </Frame>
  );
}

const CURRENCY = '[A-Za-z]{3}';

function AmountEditor({ field, filter, onDone }: EditorProps<Of<'amount'>>) {
  const held = valuesOf(filter[field.currencyName])[0] ?? 'EUR';
  const { gte, lte } = operatorsOf(filter[field.name]);
  const shown = (minor: unknown): string =>
    minor === undefined ? '' : (Number(minor) / 10 ** minorDigits(held)).toFixed(minorDigits(held));
  const [currency, setCurrency] = useState(held);
  const [least, setLeast] = useState(shown(gte));
  const [most, setMost] = useState(shown(lte));
  const read = (text: string): number | null | undefined =>
    text.trim() === '' ? undefined : parseMoney(text, currency);
  const [from, to] = [read(least), read(most)];
  const problem = 'No amount of this currency';
  const submit = (): void => {
    if (from === null || to === null) return;
    const range = { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lte: to }) };
    const rest = without(filter, field);
    onDone(Object.keys(range).length === 0 ? rest : { ...rest, [field.name]: range, [field.currencyName]: currency });
  };
  return (
    <Frame onSubmit={submit}>
      <TextInput
        label="Currency"
        value={currency}
        onChange={(text) => setCurrency(text.toUpperCase())}
        attributes={{ maxLength: 3, pattern: CURRENCY, title: 'Three letters' }}
        isRequired
      />
      <div className="two">
        <TextInput
          label="At least"
          value={least}
          onChange={setLeast}
          problem={from === null ? problem : null}
          attributes={{ inputMode: 'decimal' }}
          autoFocus
        />
        <TextInput
          label="At most"
          value={most}
          onChange={setMost}
          problem={to === null ? problem : null}
          attributes={{ inputMode: 'decimal' }}
        />
      </div>
    </Frame>
  );
}
