import TextField from '@mui/material/TextField';
import { useId } from 'react';
import type { Choice } from '../list/filter-field';

interface SelectInputProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
  readonly hint?: string;
}

/** A choice of one, its name above it. */
export function SelectInput<Value extends string>({ label, value, choices, onChange, hint }: SelectInputProps<Value>) {
  const id = useId();
  return (
    <TextField
      id={id}
      select
      label={label}
      value={value}
      onChange={({ target }) => onChange(target.value as Value)} // one of the choices
      fullWidth
      helperText={hint}
      slotProps={{ select: { native: true } }}
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </TextField>
  );
}
