import TextField from '@mui/material/TextField';
import { useId } from 'react';
import type { Choice } from '../list/filter-field';

interface SelectInputProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
  readonly hint?: string;
}

/** A choice of one, its name above it. */
export function SelectInput({ label, value, choices, onChange, hint }: SelectInputProps) {
  const id = useId();
  return (
    <TextField
      id={id}
      select
      label={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
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
