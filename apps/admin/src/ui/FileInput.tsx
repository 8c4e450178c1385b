import { styled } from '@mui/material/styles';
import TextField from '@mui/material/TextField';
import { useId, type ChangeEvent } from 'react';

interface FileInputProps {
  readonly label: string;
  /** Media types, with commas between. */
  readonly accept: string;
  readonly onChange: (file: File | null) => void;
  readonly hint?: string;
  readonly isDisabled?: boolean;
}

/** The browser's own button, in the looks of ours. */
const Field = styled(TextField)(({ theme }) => ({
  '& input::file-selector-button': {
    font: 'inherit',
    fontWeight: 600,
    marginRight: 10,
    padding: '0 10px',
    lineHeight: 1.3,
    border: `1px solid ${theme.tokens.lineStrong}`,
    borderRadius: 6,
    background: theme.tokens.surface,
    color: theme.tokens.ink,
  },
  '& input:enabled::file-selector-button': { cursor: 'pointer' },
}));

/** A file of a form, its name above it. */
export function FileInput({ label, accept, onChange, hint, isDisabled = false }: FileInputProps) {
  const id = useId();
  const choose = ({ target }: ChangeEvent<HTMLInputElement>): void => onChange(target.files?.[0] ?? null);
  return (
    <Field
      id={id}
      type="file"
      label={label}
      onChange={choose}
      disabled={isDisabled}
      fullWidth
      helperText={hint}
      slotProps={{ htmlInput: { accept } }}
    />
  );
}
