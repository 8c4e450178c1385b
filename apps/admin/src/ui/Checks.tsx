import Checkbox from '@mui/material/Checkbox';
import { styled } from '@mui/material/styles';
import type { Choice } from '../list/filter-field';

const Set = styled('fieldset')({
  display: 'grid',
  gap: 2,
  margin: 0,
  padding: 0,
  border: 0,
  minWidth: 0,
  '& legend': { padding: 0, marginBottom: 4, fontSize: 13, fontWeight: 560 },
  '& label': { display: 'flex', alignItems: 'center', gap: 6, fontSize: 13, width: 'fit-content' },
});

interface ChecksProps<Value extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly chosen: readonly Value[];
  readonly onChange: (chosen: readonly Value[]) => void;
}

/** A choice of some. */
export function Checks<Value extends string>({ label, choices, chosen, onChange }: ChecksProps<Value>) {
  const toggle = (value: Value): void =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <Set>
      <legend>{label}</legend>
      {choices.map(({ value, label: name }) => (
        <label key={value}>
          <Checkbox checked={chosen.includes(value)} onChange={() => toggle(value)} />
          {name}
        </label>
      ))}
    </Set>
  );
}

interface CheckProps {
  readonly label: string;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
}

/** Yes or no. */
export function Check({ label, isChecked, onChange }: CheckProps) {
  return (
    <Set as="div">
      <label>
        <Checkbox checked={isChecked} onChange={() => onChange(!isChecked)} />
        {label}
      </label>
    </Set>
  );
}
